/*
 * Mounts, old and new, and what only root may do.
 *
 * run:
 */
#include "pretend.h"
#include <linux/fcntl.h>
#include <linux/mount.h>

int run(void)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOATIME, .propagation = MS_PRIVATE };
	pretend(EPERM);
	sys(__NR_mount, "/dev/sda1", "/mnt", "ext4", MS_RDONLY | MS_NOSUID | MS_NODEV, "errors=remount-ro");
	sys(__NR_mount, "/a", "/b", NULL, MS_BIND | MS_REC, NULL);
	sys(__NR_mount, "none", "/b", NULL, 0xc0ed0000 | MS_REMOUNT, NULL);
	sys(__NR_mount, "none", "/b", "tmpfs", 0xffffffff, "x");
	sys(__NR_umount2, "/mnt", 0);
	sys(__NR_umount2, "/mnt", 3);
	sys(__NR_umount2, "/mnt", 0xff);
	sys(__NR_pivot_root, "/new", "/new/old");
	sys(__NR_swapon, "/swap", 0x8005);
	sys(__NR_swapoff, "/swap");
	sys(__NR_open_tree, AT_FDCWD, "/a", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	sys(__NR_move_mount, 3, "", AT_FDCWD, "/b", MOVE_MOUNT_F_EMPTY_PATH);
	sys(__NR_fsopen, "ext4", FSOPEN_CLOEXEC);
	sys(__NR_fsconfig, 3, FSCONFIG_SET_STRING, "source", "/dev/sda1", 0);
	sys(__NR_fsconfig, 3, FSCONFIG_SET_FLAG, "ro", NULL, 0);
	sys(__NR_fsconfig, 3, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	sys(__NR_fsmount, 3, FSMOUNT_CLOEXEC, MOUNT_ATTR_NODEV);
	sys(__NR_fspick, AT_FDCWD, "/b", FSPICK_CLOEXEC);
	sys(__NR_mount_setattr, AT_FDCWD, "/b", AT_RECURSIVE, &attributes, sizeof(attributes));
	sys(__NR_mknod, "device", 0060600, 0x801);
	sys(__NR_mknodat, AT_FDCWD, "device", 0020600, 0x12345);
	sys(__NR_acct, "/var/account");
	sys(__NR_sethostname, "host", 4);
	sys(__NR_setdomainname, "domain", 6);
	sys(__NR_reboot, 0xfee1dead, 672274793, 0x1234567, "x");
	sys(__NR_quotactl, 0x80000100, "/dev/sda1", 0, NULL);
	return 0;
}
