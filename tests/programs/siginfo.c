/*
 * Signals as they come: every way to send one, every form of its information.
 *
 * run:
 * run commands: -Y
 * run some: -e signal=USR1,RTMIN,!CONT
 * run none: -e signal=none
 * run raw: -X raw
 * run verbose: -X verbose
 * run paths: -y
 */
#include "signals.h"
#include <asm/siginfo.h>
#include <linux/fcntl.h>
#include <linux/time.h>

static void ignore(int signal)
{
	struct action action = { .handler = SIG_IGN };
	sys(__NR_rt_sigaction, signal, &action, NULL, 8);
}

static void queue(int signal, int code, word value)
{
	siginfo_t info = { 0 };
	info.si_signo = signal;
	info.si_code = code;
	info.si_pid = (int)sys(__NR_getpid);
	info.si_uid = (unsigned)sys(__NR_getuid);
	info.si_ptr = (void *)value;
	sys(__NR_rt_sigqueueinfo, info.si_pid, signal, &info);
}

int run(void)
{
	int self = (int)sys(__NR_getpid), ends[2];
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77 };
	struct { struct { long seconds, nanoseconds; } interval, value; } soon = { { 0, 0 }, { 0, 1 } };
	struct { long seconds, microseconds, value_seconds, value_microseconds; } alarm = { 0, 0, 0, 1 };
	int timer;
	ignore(SIGUSR1);
	ignore(SIGIO);
	ignore(SIGALRM);
	ignore(64);
	ignore(34);
	sys(__NR_kill, self, SIGUSR1);
	sys(__NR_tkill, self, SIGUSR1);
	sys(__NR_tgkill, self, self, 64);
	sys(__NR_kill, self, SIGCONT);
	sys(__NR_kill, self, SIGWINCH);
	queue(34, SI_QUEUE, 0x12345678);
	queue(SIGUSR1, SI_QUEUE, 0);
	queue(SIGUSR1, SI_MESGQ, 5);
	queue(SIGUSR1, SI_ASYNCIO, 6);
	queue(SIGUSR1, -77, 7);
	block(SIGUSR1);
	sys(__NR_timer_create, 1, &event, &timer);
	sys(__NR_timer_settime, timer, 0, &soon, NULL);
	sys(__NR_rt_sigtimedwait, &(unsigned long long){ MASK(SIGUSR1) }, NULL, NULL, 8);
	block(SIGALRM);
	sys(__NR_setitimer, 0, &alarm, NULL);
	sys(__NR_rt_sigtimedwait, &(unsigned long long){ MASK(SIGALRM) }, NULL, NULL, 8);
	sys(__NR_pipe2, ends, O_NONBLOCK);
	block(SIGIO);
	sys(__NR_fcntl, ends[0], F_SETOWN, self);
	sys(__NR_fcntl, ends[0], F_SETSIG, SIGIO);
	sys(__NR_fcntl, ends[0], F_SETFL, FASYNC | O_NONBLOCK);
	sys(__NR_write, ends[1], "x", 1);
	unblock(SIGIO);
	return 0;
}
