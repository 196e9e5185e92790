/* Two processes compute and make a call now and then. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 100;
	pid_t child = fork();

	for (long left = rounds; left > 0; left--) {
		for (volatile long at = 0; at < 1000000; at++)
			;
		syscall(SYS_getppid);
	}
	return child == 0 ? 0 : waitpid(child, NULL, 0) != child;
}
