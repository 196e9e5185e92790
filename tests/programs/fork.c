/*
 * Children, made in every way, followed and waited for.
 *
 * run: -f
 * run alone:
 * run apart: -ff
 * run quiet: -f -q -e signal=none
 * run raw: -f -X raw
 * run verbose: -f -X verbose
 */
#include "signals.h"
#include "thread.h"
#include <linux/wait.h>

static stack stacks[2];

static void child(void *status)
{
	sys(__NR_getuid);
	sys(__NR_exit, status);
}

int run(void)
{
	int status, parent_tid, child_tid;
	block(SIGCHLD);
	if (sys(__NR_fork) == 0)
		quit(1);
	sys(__NR_wait4, -1, &status, 0, NULL);
	deliver(SIGCHLD);
	if (vfork_call() == 0)
		quit(2);
	sys(__NR_wait4, -1, &status, __WALL, NULL);
	deliver(SIGCHLD);
	spawn(SIGCHLD, END(stacks[0]), child, (void *)3, NULL, NULL);
	sys(__NR_wait4, -1, &status, 0, NULL);
	deliver(SIGCHLD);
	spawn(CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_VFORK | SIGCHLD, END(stacks[1]), child,
	      (void *)4, &parent_tid, &child_tid);
	sys(__NR_wait4, -1, &status, 0, NULL);
	deliver(SIGCHLD);
	sys(__NR_wait4, -1, &status, 0, NULL);
	return 5;
}
