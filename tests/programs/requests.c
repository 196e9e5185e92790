/*
 * ioctls of files, block devices, network interfaces, and unknown ones.
 *
 * run:
 * run full: -v
 * run raw: -X raw
 * run names: -N
 */
#include "pretend.h"
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/random.h>
#include <asm/ioctls.h>

int run(void)
{
	struct file_clone_range range = { 3, 1, 2, 4 };
	struct fstrim_range trim = { 1, 2, 3 };
	struct fsxattr attributes = { .fsx_xflags = FS_XFLAG_APPEND, .fsx_extsize = 4096, .fsx_nextents = 1 };
	struct { struct fiemap map; struct fiemap_extent extent; } map = {
		{ .fm_length = -1, .fm_flags = 1, .fm_extent_count = 1, .fm_mapped_extents = 1 },
		{ .fe_logical = 1, .fe_physical = 2, .fe_length = 3, .fe_flags = FIEMAP_EXTENT_LAST } };
	unsigned long long numbers[2] = { 5, 6 };
	struct { char name[16]; unsigned short family; unsigned char bytes[22]; } interface =
		{ "eth0", 2, { 0, 80, 127, 0, 0, 1 } };
	char label[256] = "label";
	int flags = 0x10;
	pretend(0);
	sys(__NR_ioctl, 3, FICLONE, 4);
	sys(__NR_ioctl, 3, FICLONERANGE, &range);
	sys(__NR_ioctl, 3, FITRIM, &trim);
	sys(__NR_ioctl, 3, FIFREEZE, 0);
	sys(__NR_ioctl, 3, FS_IOC_GETFLAGS, &flags);
	sys(__NR_ioctl, 3, FS_IOC_FSGETXATTR, &attributes);
	sys(__NR_ioctl, 3, FS_IOC_FSSETXATTR, &attributes);
	sys(__NR_ioctl, 3, FS_IOC_GETFSLABEL, label);
	sys(__NR_ioctl, 3, FS_IOC_FIEMAP, &map);
	sys(__NR_ioctl, 3, BLKDISCARD, numbers);
	sys(__NR_ioctl, 3, BLKSSZGET, &flags);
	sys(__NR_ioctl, 3, BLKRRPART, 0);
	sys(__NR_ioctl, 3, RNDGETENTCNT, &flags);
	sys(__NR_ioctl, 3, 0x8913, &interface);
	sys(__NR_ioctl, 3, 0x8914, &interface);
	sys(__NR_ioctl, 3, 0x8922, &interface);
	sys(__NR_ioctl, 3, 0x8933, NULL);
	sys(__NR_ioctl, 3, 0x80ff4506, 4);
	sys(__NR_ioctl, 3, 0x80184541, 4);
	sys(__NR_ioctl, 3, 0x40044d05, 4);
	sys(__NR_ioctl, 3, 0x800800ee, numbers);
	sys(__NR_ioctl, 3, 0x401000ee, numbers);
	sys(__NR_ioctl, 3, 0xc00800ee, numbers);
	return 0;
}
