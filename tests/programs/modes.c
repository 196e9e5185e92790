/*
 * Rights: chmod, chown, access, umask.
 *
 * run:
 */
#include "bare.h"
#include <linux/fcntl.h>

int run(void)
{
	sys(__NR_umask, 027);
	sys(__NR_umask, 022);
	long fd = sys(__NR_creat, "file", 0666);
	sys(__NR_chmod, "file", 0644);
	sys(__NR_chmod, "file", 07777);
	sys(__NR_chmod, "file", 0);
	sys(__NR_fchmod, fd, 0600);
	sys(__NR_fchmodat, AT_FDCWD, "file", 0444);
	sys(__NR_fchmodat, 99, "file", 0177777);
	sys(__NR_access, "file", 4);
	sys(__NR_access, "missing", 0);
	sys(__NR_access, "file", 15);
	sys(__NR_faccessat, AT_FDCWD, ".", 7);
	sys(__NR_faccessat2, AT_FDCWD, ".", 5, AT_EACCESS | AT_SYMLINK_NOFOLLOW);
	sys(__NR_faccessat2, AT_FDCWD, ".", 1, 0x80000000);
	sys(__NR_chown, "file", -1, -1);
	sys(__NR_lchown, "file", -1, -1);
	sys(__NR_fchown, fd, -1, -1);
	sys(__NR_fchownat, AT_FDCWD, "", -1, -1, AT_EMPTY_PATH);
	sys(__NR_chown, "missing", 12, 65536);
	return 0;
}
