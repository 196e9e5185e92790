/*
 * Resource limits and use.
 *
 * run:
 * run full: -v
 * run raw: -X raw
 * run verbose: -X verbose
 */
#include "pretend.h"
#include <linux/resource.h>

int run(void)
{
	struct rlimit limit = { 1024 * 1024, -1l };
	struct rlimit64 wide = { 10ull << 20, 3 };
	struct rusage used = { .ru_utime = { 1, 2 }, .ru_maxrss = 300, .ru_minflt = 4, .ru_nivcsw = 5 };
	pretend(0);
	sys(__NR_getrlimit, RLIMIT_NOFILE, &limit);
	sys(__NR_setrlimit, RLIMIT_AS, &limit);
	sys(__NR_getrlimit, 99, &limit);
	sys(__NR_setrlimit, RLIMIT_CORE, NULL);
	sys(__NR_prlimit64, 0, RLIMIT_STACK, NULL, &wide);
	sys(__NR_prlimit64, 1234, RLIMIT_RTTIME, &wide, NULL);
	sys(__NR_prlimit64, 1234, RLIMIT_NPROC, &wide, &wide);
	sys(__NR_getrusage, RUSAGE_SELF, &used);
	sys(__NR_getrusage, -1, &used);
	sys(__NR_getrusage, 77, NULL);
#ifdef __i386__
	sys(__NR_ugetrlimit, RLIMIT_DATA, &limit);
#endif
	sys(__NR_getpriority, 0, 0);
	sys(__NR_getpriority, 2, 1000);
	sys(__NR_setpriority, 1, 0, -5);
	sys(__NR_ioprio_get, 1, 0);
	sys(__NR_ioprio_set, 1, 0, (2 << 13) | 4);
	return 0;
}
