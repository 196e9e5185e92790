/*
 * Folders: made, entered, listed, removed.
 *
 * run:
 * run paths: -y
 */
#include "bare.h"
#include <linux/fcntl.h>

int run(void)
{
	char buffer[4096];
	sys(__NR_mkdir, "folder", 0755);
	sys(__NR_mkdir, "folder", 01777);
	sys(__NR_mkdirat, AT_FDCWD, "folder/inner", 0700);
	sys(__NR_chdir, "folder");
	sys(__NR_getcwd, buffer, sizeof(buffer));
	sys(__NR_getcwd, buffer, 2);
	sys(__NR_getcwd, NULL, 100);
	long inner = sys(__NR_open, "inner", O_RDONLY | O_DIRECTORY);
	sys(__NR_getdents64, inner, buffer, sizeof(buffer));
	sys(__NR_getdents64, inner, buffer, sizeof(buffer));
	sys(__NR_fchdir, inner);
	sys(__NR_getdents, inner, buffer, 10);
	sys(__NR_lseek, inner, 0, 0);
	sys(__NR_getdents, inner, buffer, sizeof(buffer));
	sys(__NR_getdents64, 99, buffer, sizeof(buffer));
	sys(__NR_chdir, "../..");
	sys(__NR_rmdir, "folder");
	sys(__NR_rmdir, "folder/inner");
	sys(__NR_unlinkat, AT_FDCWD, "folder", AT_REMOVEDIR);
	sys(__NR_chroot, "missing");
	return 0;
}
