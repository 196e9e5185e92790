/* What access(2), getdents(2) and chmod(2) define in manuals only. */
#pragma once
#include <linux/types.h>

#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

struct linux_dirent {
	__kernel_ulong_t d_ino;
	__kernel_ulong_t d_off;
	unsigned short d_reclen;
	char d_name[];
};

struct linux_dirent64 {
	__u64 d_ino;
	__s64 d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[];
};

#define MNT_FORCE 1
#define MNT_DETACH 2
#define MNT_EXPIRE 4
#define UMOUNT_NOFOLLOW 8

#define SPLICE_F_MOVE 1
#define SPLICE_F_NONBLOCK 2
#define SPLICE_F_MORE 4
#define SPLICE_F_GIFT 8

struct file_handle {
	__u32 handle_bytes;
	int handle_type;
	unsigned char f_handle[];
};

/* An event of fanotify(7) that Linux 5.7 had and later ones call by no name. */
#define FAN_DIR_MODIFY 0x00080000

/* A command of aio that was never merged. */
#define IOCB_CMD_PREADX 4

/* Commands of quotactl(2) that Linux 2.4 and 2.2 had. */
#define Q_V1_QUOTAON 0x0100
#define Q_V1_QUOTAOFF 0x0200
#define Q_V1_GETQUOTA 0x0300
#define Q_V1_SETQUOTA 0x0400
#define Q_V1_SETUSE 0x0500
#define Q_V1_SYNC 0x0600
#define Q_SETQLIM 0x0700
#define Q_V1_GETSTATS 0x0800
#define Q_V2_GETINFO 0x0900
#define Q_V2_SETINFO 0x0a00
#define Q_V2_SETGRACE 0x0b00
#define Q_V2_SETFLAGS 0x0c00
#define Q_V2_GETQUOTA 0x0d00
#define Q_V2_SETQUOTA 0x0e00
#define Q_V2_SETUSE 0x0f00
#define Q_V1_RSQUASH 0x1000
#define Q_V2_GETSTATS 0x1100
