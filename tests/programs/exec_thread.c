/*
 * A thread that is not the first calls execve: it takes the first one's place.
 *
 * run: -f
 * order raced: -f -e trace=execve
 * run numbers: -f -n -i
 */
#include "thread.h"

static stack stacks[2];

static void run_again(void *unused)
{
	char *again[] = { "./exec_thread", "again", NULL };
	struct { long seconds, nanoseconds; } moment = { 0, 50000000 };
	(void)unused;
	sys(__NR_nanosleep, &moment, NULL);
	sys(__NR_execve, "./exec_thread", again, NULL);
}

int run(void)
{
	if (initial_stack[0] > 1)
		return 4;
	spawn(THREAD_FLAGS, END(stacks[0]), run_again, NULL, NULL, NULL);
	for (;;)
		sys(__NR_pause);
}
