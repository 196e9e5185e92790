/*
 * Positions and lengths: lseek, truncate, fallocate, advice.
 *
 * run:
 * run raw: -e raw=all
 */
#include "pretend.h"
#include <linux/falloc.h>
#include <linux/fcntl.h>

int run(void)
{
	long fd = sys(__NR_creat, "file", 0600);
	sys(__NR_lseek, fd, 0, 0);
	sys(__NR_lseek, fd, 100, 1);
	sys(__NR_lseek, fd, -5, 2);
	sys(__NR_lseek, fd, 0, 3);
	sys(__NR_lseek, fd, 0, 4);
	sys(__NR_lseek, fd, 0, 77);
	sys(__NR_truncate, "file", 5000);
	sys(__NR_ftruncate, fd, 10);
	sys(__NR_ftruncate, fd, -1);
	sys(__NR_truncate, "missing", 0);
	sys(__NR_fsync, fd);
	sys(__NR_fdatasync, fd);
	sys(__NR_sync);
	pretend(EOPNOTSUPP);
#ifdef __i386__
	long long result;
	sys(__NR__llseek, fd, 1, 2, &result, 0);
	sys(__NR_truncate64, "file", 5, 1);
	sys(__NR_ftruncate64, fd, 5, 1);
	sys(__NR_fadvise64_64, fd, 1, 2, 3, 4, 3);
#endif
	sys(__NR_fallocate, fd, FALLOC_FL_KEEP_SIZE, 1, 2, 3, 4);
	sys(__NR_fallocate, fd, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE | 0x8000, -1, -2, -3, -4);
	sys(__NR_fadvise64, fd, 1, 2, 3, 4);
	sys(__NR_fadvise64, fd, 1, 2, 99, 99);
	sys(__NR_readahead, fd, 1, 2, 3);
	sys(__NR_sync_file_range, fd, 1, 2, 3, 4, 5);
	sys(__NR_syncfs, fd);
	return 0;
}
