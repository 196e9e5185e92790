/*
 * Setting the times of files: utime, utimes, futimesat, utimensat.
 *
 * run:
 */
#include "pretend.h"
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <linux/time.h>

int run(void)
{
	long both[2] = { 1000000000, 1234567890 };
	struct { long seconds, rest; } times[2] = { { 1, 2 }, { 1000000000, 999999 } };
	struct { long seconds, rest; } special[2] = { { 0, (1l << 30) - 1l }, { 0, (1l << 30) - 2l } };
	pretend(0);
	sys(__NR_utime, "file", both);
	sys(__NR_utime, "file", NULL);
	sys(__NR_utimes, "file", times);
	sys(__NR_utimes, "file", NULL);
	sys(__NR_futimesat, AT_FDCWD, "file", times);
	sys(__NR_futimesat, 3, NULL, times);
	sys(__NR_utimensat, AT_FDCWD, "file", times, AT_SYMLINK_NOFOLLOW);
	sys(__NR_utimensat, 3, NULL, special, 0);
	sys(__NR_utimensat, 3, "file", NULL, 0);
	sys(__NR_utimensat, 3, "file", 1, 0xff);
	return 0;
}
