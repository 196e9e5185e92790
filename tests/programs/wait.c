/*
 * Waiting for children: every kind of status.
 *
 * run: -f
 * run alone:
 * run verbose: -f -X verbose
 */
#include "signals.h"
#include <asm/poll.h>
#include <asm/siginfo.h>
#include <linux/resource.h>
#include <linux/wait.h>

static long child(int how)
{
	long pid = sys(__NR_fork);
	if (pid != 0)
		return pid;
	if (how < 0)
		quit(-how);
	sys(__NR_kill, sys(__NR_getpid), how);
	quit(0);
}

/* Waits until a SIGCHLD is pending: whoever collects a stop before the kernel has told of it is told of the status 0. */
static void await_child_signal(void)
{
	word mask[2] = { 1ul << (SIGCHLD - 1) };
	long signals = sys(__NR_signalfd4, -1, mask, 8, 0);
	struct pollfd one = { signals, POLLIN, 0 };
	sys(__NR_poll, &one, 1, -1);
	sys(__NR_close, signals);
}

/* A child that stops, is continued, and ends when it is told to. */
static void stop_and_continue(void)
{
	int status, ends[2], back[2];
	char byte;
	sys(__NR_pipe, ends);
	sys(__NR_pipe, back);
	long pid = sys(__NR_fork);
	if (pid == 0) {
		sys(__NR_kill, sys(__NR_getpid), SIGSTOP);
		sys(__NR_write, back[1], "", 1);
		sys(__NR_read, ends[0], &byte, 1);
		quit(0);
	}
	await_child_signal();
	sys(__NR_wait4, pid, &status, WUNTRACED, NULL);
	deliver(SIGCHLD);
	sys(__NR_kill, pid, SIGCONT);
	sys(__NR_wait4, pid, &status, WCONTINUED, NULL);
	sys(__NR_read, back[0], &byte, 1);
	deliver(SIGCHLD);
	sys(__NR_write, ends[1], "", 1);
	sys(__NR_wait4, pid, &status, 0, NULL);
	deliver(SIGCHLD);
}

int run(void)
{
	int status;
	siginfo_t info;
	struct rusage used;
	block(SIGCHLD);
	sys(__NR_wait4, -1, &status, 0, NULL);
	child(-200);
	sys(__NR_wait4, -1, &status, 0, &used);
	deliver(SIGCHLD);
	stop_and_continue();
	child(SIGKILL);
	sys(__NR_waitid, P_ALL, 0, &info, WEXITED, &used);
	deliver(SIGCHLD);
	child(-1);
	sys(__NR_waitid, P_ALL, 0, &info, WEXITED | WNOWAIT, NULL);
	sys(__NR_waitid, P_ALL, 0, NULL, WEXITED, NULL);
	sys(__NR_waitid, P_ALL, 0, &info, WEXITED | WNOHANG, NULL);
	sys(__NR_wait4, 99999999, NULL, WNOHANG | __WCLONE | __WNOTHREAD, NULL);
	sys(__NR_wait4, -1, &status, 0xff0000, NULL);
	sys(__NR_wait4, -2147483647, 1, 0, 1);
	return 0;
}
