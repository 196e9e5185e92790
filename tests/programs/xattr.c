/*
 * Extended attributes, set, read and listed.
 *
 * run:
 * run short: -s 4
 */
#include "pretend.h"

int run(void)
{
	char value[] = "some\0value";
	char names[] = "user.one\0user.two";
	pretend(ENODATA);
	sys(__NR_setxattr, "file", "user.name", value, sizeof(value), 1);
	sys(__NR_lsetxattr, "file", "user.name", value, 4, 2);
	sys(__NR_fsetxattr, 3, "user.name", NULL, 0, 0);
	sys(__NR_fsetxattr, 3, "user.name", NULL, 5, 0xff);
	sys(__NR_getxattr, "file", "user.name", value, sizeof(value));
	sys(__NR_lgetxattr, "file", "user.name", value, 0);
	sys(__NR_fgetxattr, 3, "user.name", NULL, 0);
	sys(__NR_listxattr, "file", names, sizeof(names));
	sys(__NR_llistxattr, "file", names, 0);
	sys(__NR_flistxattr, 3, NULL, 0);
	sys(__NR_removexattr, "file", "user.name");
	sys(__NR_lremovexattr, "file", "user.name");
	sys(__NR_fremovexattr, -1, "user.name");
	return 0;
}
