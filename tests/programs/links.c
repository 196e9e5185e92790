/*
 * Names of files: links, renames, removals.
 *
 * run:
 * run paths: -y
 */
#include "bare.h"
#include <linux/fcntl.h>
#include <linux/fs.h>

int run(void)
{
	char target[64];
	long here = sys(__NR_open, ".", O_RDONLY | O_DIRECTORY);
	sys(__NR_mknod, "fifo", 0010644, 0);
	sys(__NR_mknodat, here, "fifo", 0010644, 0);
	sys(__NR_link, "fifo", "second");
	sys(__NR_linkat, AT_FDCWD, "fifo", here, "third", AT_SYMLINK_FOLLOW);
	sys(__NR_linkat, -1, "fifo", 99, "third", AT_EMPTY_PATH | 0x40);
	sys(__NR_symlink, "fifo", "soft");
	sys(__NR_symlinkat, "so\nft", here, "softer");
	sys(__NR_readlink, "soft", target, sizeof(target));
	sys(__NR_readlink, "soft", target, 2);
	sys(__NR_readlinkat, here, "softer", target, sizeof(target));
	sys(__NR_readlink, "fifo", target, sizeof(target));
	sys(__NR_rename, "second", "fourth");
	sys(__NR_renameat, AT_FDCWD, "third", here, "fifth");
	sys(__NR_renameat2, AT_FDCWD, "fourth", AT_FDCWD, "fifth", RENAME_NOREPLACE);
	sys(__NR_renameat2, AT_FDCWD, "fourth", AT_FDCWD, "fifth", RENAME_EXCHANGE | RENAME_WHITEOUT | 0x100);
	sys(__NR_unlink, "fourth");
	sys(__NR_unlink, "missing");
	sys(__NR_unlinkat, here, "fifth", 0);
	sys(__NR_unlinkat, AT_FDCWD, "soft", AT_REMOVEDIR);
	sys(__NR_unlinkat, AT_FDCWD, "soft", 0xffffffff);
	return 0;
}
