/*
 * What a file system is: statfs and fstatfs.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include <asm/statfs.h>
#include <linux/magic.h>

#ifdef __i386__
#define STATFS(path, buffer) sys(__NR_statfs64, path, sizeof(*(buffer)), buffer)
#define FSTATFS(fd, buffer) sys(__NR_fstatfs64, fd, sizeof(*(buffer)), buffer)
#else
#define STATFS(path, buffer) sys(__NR_statfs, path, buffer)
#define FSTATFS(fd, buffer) sys(__NR_fstatfs, fd, buffer)
#endif

int run(void)
{
	struct statfs64 buffer = {
		.f_type = EXT4_SUPER_MAGIC, .f_bsize = 4096, .f_blocks = 1000, .f_bfree = 900, .f_bavail = 800,
		.f_files = 70, .f_ffree = 60, .f_fsid = { { 1, 2 } }, .f_namelen = 255, .f_frsize = 4096, .f_flags = 0x1023,
	};
	pretend(0);
	STATFS("/", &buffer);
	buffer.f_type = TMPFS_MAGIC;
	buffer.f_flags = 0xffff;
	FSTATFS(3, &buffer);
	buffer.f_type = 0x12345678;
	STATFS("/", &buffer);
	STATFS("/", (struct statfs64 *)NULL);
	sys(__NR_ustat, 0x801, NULL);
	return 0;
}
