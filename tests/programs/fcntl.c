/*
 * fcntl: flags, locks, owners, leases, pipes, seals.
 *
 * run:
 * run verbose: -X verbose
 */
#include "pretend.h"
#include <linux/fcntl.h>

#ifdef __i386__
typedef struct flock64 wide_lock;
#else
typedef struct flock wide_lock;
#endif

int run(void)
{
	wide_lock wide = { .l_type = F_RDLCK, .l_start = 1ll << 40, .l_len = -1 };
	struct flock lock = { .l_type = F_WRLCK, .l_whence = 2, .l_start = -10, .l_len = 20, .l_pid = 0 };
	struct flock free_lock = { .l_type = F_UNLCK };
	struct f_owner_ex owner = { F_OWNER_PGRP, 1234 };
	unsigned long long hint = 3;
	long fd = sys(__NR_open, "/dev/null", O_RDWR);
	sys(__NR_fcntl, fd, F_GETFD);
	sys(__NR_fcntl, fd, F_SETFD, FD_CLOEXEC);
	sys(__NR_fcntl, fd, F_GETFD);
	sys(__NR_fcntl, fd, F_GETFL);
	sys(__NR_fcntl, fd, F_SETFL, O_RDWR | O_NONBLOCK | O_APPEND);
	sys(__NR_fcntl, fd, F_GETFL);
	sys(__NR_fcntl, fd, F_DUPFD, 20);
	sys(__NR_fcntl, fd, F_DUPFD_CLOEXEC, 20);
	sys(__NR_fcntl, fd, F_SETSIG, 10);
	sys(__NR_fcntl, fd, F_GETSIG);
	sys(__NR_fcntl, fd, F_GETOWN);
	sys(__NR_fcntl, 99, F_GETFL);
	sys(__NR_fcntl, fd, 77, 0x1234);
	pretend(0);
	sys(__NR_fcntl, fd, F_SETLK, &lock);
	sys(__NR_fcntl, fd, F_SETLKW, &lock);
	sys(__NR_fcntl, fd, F_GETLK, &free_lock);
	sys(__NR_fcntl, fd, F_SETLK, NULL);
	sys(__NR_fcntl, fd, F_SETOWN, 4321);
	sys(__NR_fcntl, fd, F_SETOWN, -4321);
	sys(__NR_fcntl, fd, F_SETOWN_EX, &owner);
	sys(__NR_fcntl, fd, F_GETOWN_EX, &owner);
	sys(__NR_fcntl, fd, F_OFD_SETLK, &wide);
	sys(__NR_fcntl, fd, F_OFD_GETLK, &wide);
	sys(__NR_fcntl, fd, F_SETLEASE, F_RDLCK);
	sys(__NR_fcntl, fd, F_GETLEASE);
	sys(__NR_fcntl, fd, F_NOTIFY, DN_ACCESS | DN_MULTISHOT);
	sys(__NR_fcntl, fd, F_SETPIPE_SZ, 65536);
	sys(__NR_fcntl, fd, F_GETPIPE_SZ);
	sys(__NR_fcntl, fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_WRITE);
	sys(__NR_fcntl, fd, F_GET_SEALS);
	sys(__NR_fcntl, fd, F_SET_RW_HINT, &hint);
	sys(__NR_fcntl, fd, F_GET_FILE_RW_HINT, &hint);
#ifdef __i386__
	sys(__NR_fcntl64, fd, F_SETLK64, &wide);
	sys(__NR_fcntl64, fd, F_SETLK, &lock);
	sys(__NR_fcntl64, fd, F_GETFL);
	sys(__NR_fcntl64, fd, F_OFD_SETLKW, &wide);
#endif
	return 0;
}
