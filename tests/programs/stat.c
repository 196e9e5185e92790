/*
 * What a file is: the stat family, of real files.
 *
 * run:
 * run paths: -y
 */
#include "bare.h"
#include <asm/stat.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <linux/time.h>

#ifdef __i386__
#define STAT __NR_stat64
#define LSTAT __NR_lstat64
#define FSTAT __NR_fstat64
#define FSTATAT __NR_fstatat64
typedef struct stat64 stat_buffer;
#else
#define STAT __NR_stat
#define LSTAT __NR_lstat
#define FSTAT __NR_fstat
#define FSTATAT __NR_newfstatat
typedef struct stat stat_buffer;
#endif

int run(void)
{
	stat_buffer buffer;
	struct statx more;
	long fd = sys(__NR_open, "file", O_RDWR | O_CREAT, 0640);
	sys(__NR_write, fd, "twelve bytes", 12);
	sys(__NR_symlink, "file", "link");
	sys(STAT, "file", &buffer);
	sys(STAT, "link", &buffer);
	sys(LSTAT, "link", &buffer);
	sys(FSTAT, fd, &buffer);
	sys(FSTATAT, AT_FDCWD, "link", &buffer, AT_SYMLINK_NOFOLLOW);
	sys(FSTATAT, fd, "", &buffer, AT_EMPTY_PATH);
	sys(STAT, "/dev/null", &buffer);
	sys(STAT, "missing", &buffer);
	sys(STAT, "file", NULL);
	sys(STAT, NULL, &buffer);
	sys(FSTATAT, AT_FDCWD, "file", &buffer, 0x1000000);
	sys(__NR_statx, AT_FDCWD, "missing", AT_STATX_SYNC_AS_STAT, STATX_ALL, &more);
	sys(__NR_statx, AT_FDCWD, "file", AT_STATX_FORCE_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_MODE, NULL);
	return 0;
}
