/*
 * Every field of what the stat family and getdents give.
 *
 * run:
 * run full: -v
 * run raw: -e raw=all
 */
#include "pretend.h"
#include <asm/stat.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <linux/time.h>

#ifdef __i386__
#define STAT __NR_stat64
#define FSTATAT __NR_fstatat64
typedef struct stat64 stat_buffer;
#else
#define STAT __NR_stat
#define FSTATAT __NR_newfstatat
typedef struct stat stat_buffer;
#endif

int run(void)
{
	static const unsigned modes[] = { 0100644, 0040755, 0120777, 0020620, 0060660, 0010600, 0140777, 0107777, 0644, 0170000 };
	stat_buffer buffer = { .st_dev = 0x801, .st_ino = 123456, .st_nlink = 2, .st_uid = 1000, .st_gid = 4294967295u,
		.st_rdev = 0x10305, .st_size = 1234567890, .st_blksize = 4096, .st_blocks = 8, .st_atime = 1000000000,
		.st_atime_nsec = 1, .st_mtime = -1, .st_mtime_nsec = 999999999, .st_ctime = 0, .st_ctime_nsec = 0 };
	static struct statx more = { .stx_mask = 0x1fff, .stx_blksize = 512, .stx_attributes = 0x11, .stx_attributes_mask = 0x3a9ff4, .stx_nlink = 3,
		.stx_uid = 4, .stx_gid = 5, .stx_mode = 0100600, .stx_ino = 6, .stx_size = 7, .stx_blocks = 8,
		.stx_atime = { 1000000000, 9, 0 }, .stx_btime = { -5, 0, 0 }, .stx_rdev_major = 10, .stx_rdev_minor = 11,
		.stx_dev_major = 12, .stx_dev_minor = 13, .stx_mnt_id = 14 };
	pretend(0);
	for (size_t i = 0; i < COUNT(modes); i++) {
		buffer.st_mode = modes[i];
		sys(STAT, "file", &buffer);
	}
	sys(FSTATAT, 3, "file", &buffer, 0x100);
	sys(__NR_statx, AT_FDCWD, "file", AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME, &more);
	sys(__NR_statx, 3, "", 0xffffffff, 0xffffffff, &more);
	sys(__NR_statx, 3, "", AT_EMPTY_PATH, 0, 0x1);
	return 0;
}
