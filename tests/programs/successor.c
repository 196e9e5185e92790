/*
 * A child executes this program again, and then the parent does.
 *
 * run: -f -b execve
 * run alone: -b execve
 * run apart: -ff -b execve
 * run quiet: -f -q --detach-on=execve
 * run aside: -D -f -b execve
 * run filtered: -f -b execve -e trace=exit_group
 * run unknown: -b open
 * run execveat: -b execveat
 */
#include "bare.h"
#include "signals.h"

int run(void)
{
	char *child[] = { "./successor", "child", NULL }, *parent[] = { "./successor", "parent", "3", NULL };
	int status;
	if (initial_stack[0] > 1)
		return initial_stack[0];
	block(SIGCHLD);
	if (sys(__NR_fork) == 0) {
		/* Until the parent waits. */
		sys(__NR_poll, NULL, 0, 100);
		sys(__NR_execve, child[0], child, NULL);
		quit(1);
	}
	sys(__NR_wait4, -1, &status, 0, NULL);
	sys(__NR_execve, parent[0], parent, NULL);
	return 1;
}
