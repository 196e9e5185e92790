/* Starts a program and waits for it, as often as the first argument says. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	for (long left = argc > 1 ? atol(argv[1]) : 100; left > 0; left--) {
		pid_t child = fork();
		if (child == 0) {
			execl("/bin/true", "true", (char *)0);
			_exit(127);
		}
		if (child < 0 || waitpid(child, NULL, 0) != child)
			return 1;
	}
	return 0;
}
