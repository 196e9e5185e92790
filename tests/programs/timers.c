/*
 * Timers: POSIX timers, timer descriptors, adjusting the clock.
 *
 * run:
 * run paths: -y
 */
#include "pretend.h"
#include <asm/siginfo.h>
#include <linux/time.h>
#include <linux/timerfd.h>
#include <linux/timex.h>

int run(void)
{
	struct { struct { long seconds, nanoseconds; } interval, value; } setting = { { 1, 2 }, { 2147480000, 4 } }, old = { 0 };
	sigevent_t thread = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = 34, ._sigev_un._tid = 1234 };
	sigevent_t none = { .sigev_notify = SIGEV_NONE }, odd = { .sigev_notify = 77, .sigev_signo = 99 };
	int timer = -1;
	long fd = sys(__NR_timerfd_create, CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	sys(__NR_timerfd_create, CLOCK_REALTIME, 0);
	sys(__NR_timerfd_create, 99, 0xff);
	sys(__NR_timerfd_settime, fd, TFD_TIMER_ABSTIME, &setting, &old);
	sys(__NR_timerfd_settime, fd, 0, &old, NULL);
	sys(__NR_timerfd_settime, fd, 0xff, NULL, NULL);
	sys(__NR_timerfd_gettime, fd, &old);
	sys(__NR_timer_create, CLOCK_REALTIME, &none, &timer);
	sys(__NR_timer_create, CLOCK_REALTIME, NULL, &timer);
	sys(__NR_timer_create, 77, &odd, &timer);
	sys(__NR_timer_settime, timer, 1, &setting, &old);
	sys(__NR_timer_gettime, 0, &old);
	sys(__NR_timer_getoverrun, 0);
	sys(__NR_timer_delete, 0);
	sys(__NR_timer_delete, 99);
	sys(__NR_timer_create, CLOCK_REALTIME, &thread, NULL);
	static struct __kernel_timex state = { .modes = ADJ_OFFSET | ADJ_FREQUENCY, .offset = 1, .freq = 2, .status = STA_PLL };
	pretend(EPERM);
	sys(__NR_timer_create, CLOCK_REALTIME, &thread, &timer);
#ifdef __x86_64__
	sys(__NR_adjtimex, &state);
	sys(__NR_clock_adjtime, CLOCK_REALTIME, &state);
#else
	sys(__NR_clock_adjtime64, CLOCK_REALTIME, &state);
#endif
	sys(__NR_settimeofday, &old, NULL);
	return 0;
}
