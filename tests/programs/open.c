/*
 * Opening files: flags, modes, directories, what is missing.
 *
 * run:
 * run paths: -y
 */
#include "bare.h"
#include <linux/fcntl.h>

int run(void)
{
	sys(__NR_open, "new", O_RDWR | O_CREAT | O_EXCL, 0640);
	sys(__NR_open, "new", O_RDWR | O_CREAT | O_EXCL, 04777);
	sys(__NR_open, "new", O_WRONLY | O_APPEND | O_CLOEXEC);
	sys(__NR_openat, AT_FDCWD, ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	sys(__NR_openat, AT_FDCWD, ".", O_PATH | O_CLOEXEC);
	sys(__NR_openat, 5, "new", O_WRONLY | O_TRUNC | O_NONBLOCK | O_NOCTTY);
	sys(__NR_openat, 99, "new", O_RDONLY);
	sys(__NR_openat, AT_FDCWD, ".", O_RDWR | O_TMPFILE, 0600);
	sys(__NR_openat, AT_FDCWD, "missing/file", O_RDONLY | O_SYNC);
	sys(__NR_openat, AT_FDCWD, NULL, O_RDONLY | O_DSYNC);
	sys(__NR_openat, -1, "/", O_ACCMODE | 0x80000000, 0777);
	sys(__NR_creat, "made", 0600);
	return 0;
}
