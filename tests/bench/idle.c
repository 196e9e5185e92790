/* So many children as the first argument says do nothing, while the parent makes so many calls as the second. */
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 100;
	pid_t *children = calloc(count, sizeof *children);
	int ready[2];
	char byte = 0;

	if (pipe(ready) != 0)
		return 1;
	for (int at = 0; at < count; at++) {
		children[at] = fork();
		if (children[at] == 0) {
			if (write(ready[1], &byte, 1) != 1)
				return 1;
			for (;;)
				pause();
		}
		/* None is killed before it has made its calls. */
		if (read(ready[0], &byte, 1) != 1)
			return 1;
	}
	for (long left = argc > 2 ? atol(argv[2]) : 1000; left > 0; left--)
		syscall(SYS_getppid);
	for (int at = 0; at < count; at++)
		kill(children[at], SIGKILL);
	for (int at = 0; at < count; at++)
		waitpid(children[at], NULL, 0);
	return 0;
}
