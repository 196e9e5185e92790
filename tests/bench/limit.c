/* The least that a tracer can do: waits for every stop of a command and its children, and lets it go on. */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int hold[2], status, end = 1;
	char byte = 0;

	if (argc < 2 || pipe(hold) != 0)
		return 1;
	pid_t command = fork();
	if (command == 0) {
		close(hold[1]);
		if (read(hold[0], &byte, 1) == 1) {
			close(hold[0]);
			execvp(argv[1], argv + 1);
		}
		_exit(127);
	}
	close(hold[0]);
	if (ptrace(PTRACE_SEIZE, command, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
			PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC) != 0 || ptrace(PTRACE_INTERRUPT, command, 0, 0) != 0)
		return 1;
	if (write(hold[1], &byte, 1) != 1)
		return 1;
	close(hold[1]);
	for (pid_t who; (who = wait4(-1, &status, __WALL, NULL)) > 0;) {
		int signal = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;
		if (!WIFSTOPPED(status)) {
			end = who == command ? WEXITSTATUS(status) : end;
			continue;
		}
		if (status >> 16 != 0 || signal == (SIGTRAP | 0x80))
			signal = 0;
		ptrace(PTRACE_SYSCALL, who, 0, signal);
	}
	return end;
}
