/*
 * Extended attributes, old calls and new.
 *
 * run:
 * run short: -s 3
 */
#include "pretend.h"
#include <linux/fcntl.h>
#include <linux/xattr.h>

int run(void)
{
	struct {
		unsigned long long value;
		unsigned size, flags;
		unsigned long long more;
	} argument = { (word) "value", 5, XATTR_CREATE, 7 };
	pretend(0);
	sys(__NR_setxattr, "file", "user.name", "value", 5, 0);
	sys(__NR_setxattr, "file", "user.name", "value", 6, XATTR_CREATE);
	sys(__NR_lsetxattr, "file", "user.name", "\0\0", 2, XATTR_REPLACE);
	sys(__NR_fsetxattr, 3, "user.name", "", 0, 0xff);
	sys(__NR_fsetxattr, 3, "user.name", 4, 65537, 0);
	sys(__NR_getxattr, "file", "user.name", "nothing", 10);
	sys(__NR_fgetxattr, 3, "user.name", NULL, 0);
	sys(__NR_listxattr, "file", "names", 0);
	sys(__NR_flistxattr, 3, "names", 5);
	sys(__NR_removexattr, "file", "user.name");
	sys(__NR_fremovexattr, 3, "user.name");
	sys(463, AT_FDCWD, "file", AT_SYMLINK_NOFOLLOW, "user.name", &argument, 16);
	sys(463, AT_FDCWD, "file", 0, "user.name", &argument, 24);
	sys(463, AT_FDCWD, "file", 0, "user.name", &argument, 15);
	sys(464, AT_FDCWD, "file", 0, "user.name", &argument, 16);
	sys(465, AT_FDCWD, "file", AT_EMPTY_PATH, "names", 5);
	sys(466, AT_FDCWD, "file", 0xffffffff, "user.name");
	return 0;
}
