/*
 * Clocks and sleeping.
 *
 * run:
 * run raw: -X raw
 */
#include "pretend.h"
#include <linux/time.h>
#include <linux/timex.h>

int run(void)
{
	struct { long seconds, rest; } now = { 1000000000, 123456789 }, short_time = { 0, 1000 }, bad = { -1, 2000000000 };
	struct { struct { long seconds, microseconds; } interval, value; } timer = { { 0, 0 }, { 100, 500000 } }, old = { { 1, 2 }, { 3, 4 } };
	long clicks[4] = { 1, 2, 3, 4 };
	sys(__NR_nanosleep, &short_time, NULL);
	sys(__NR_nanosleep, &bad, &now);
	sys(__NR_nanosleep, NULL, NULL);
	sys(__NR_clock_nanosleep, CLOCK_MONOTONIC, 0, &short_time, NULL);
	pretend(0);
	sys(__NR_clock_gettime, CLOCK_REALTIME, &now);
	sys(__NR_clock_gettime, CLOCK_BOOTTIME, &now);
	sys(__NR_clock_gettime, 77, &now);
	sys(__NR_clock_gettime, CLOCK_TAI, NULL);
	sys(__NR_clock_gettime, -9870, 1);
	sys(__NR_clock_getres, CLOCK_MONOTONIC, NULL);
	sys(__NR_clock_getres, 77, &now);
	sys(__NR_clock_settime, CLOCK_MONOTONIC, &short_time);
	sys(__NR_gettimeofday, &now, NULL);
	sys(__NR_gettimeofday, NULL, NULL);
	sys(__NR_time, NULL);
	sys(__NR_times, clicks);
	sys(__NR_times, NULL);
	sys(__NR_nanosleep, &short_time, NULL);
	sys(__NR_nanosleep, &bad, &now);
	sys(__NR_nanosleep, NULL, NULL);
	sys(__NR_clock_nanosleep, CLOCK_MONOTONIC, 0, &short_time, NULL);
	sys(__NR_clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &short_time, &now);
	sys(__NR_clock_nanosleep, CLOCK_REALTIME, 0xff, &bad, NULL);
	sys(__NR_alarm, 0);
	sys(__NR_getitimer, ITIMER_VIRTUAL, &old);
	sys(__NR_setitimer, ITIMER_PROF, &timer, &old);
	sys(__NR_setitimer, ITIMER_PROF, NULL, NULL);
	sys(__NR_setitimer, 77, &timer, NULL);
	sys(__NR_getitimer, ITIMER_REAL, NULL);
	return 0;
}
