/*
 * clone3 with its structure, also of wrong sizes.
 *
 * run: -f
 */
#include "signals.h"
#include "thread.h"
#include <linux/wait.h>

int run(void)
{
	int pidfd = -1, tid = 0;
	struct clone_args arguments = { .flags = CLONE_PIDFD | CLONE_PARENT_SETTID, .pidfd = (word)&pidfd,
		.parent_tid = (word)&tid, .exit_signal = SIGCHLD };
	struct { struct clone_args known; unsigned long long more; } longer = { { .flags = CLONE_NEWUSER | CLONE_THREAD }, 5 };
	block(SIGCHLD);
	if (sys(__NR_clone3, &arguments, sizeof(arguments)) == 0)
		quit(1);
	sys(__NR_waitid, 1, tid, NULL, 4, NULL);
	sys(__NR_clone3, &arguments, 8);
	sys(__NR_clone3, &longer, sizeof(longer));
	sys(__NR_clone3, NULL, sizeof(arguments));
	return 0;
}
