/*
 * Descriptors of what is no ordinary file, and of files that are gone.
 *
 * run: -yy
 * run paths: -y
 * run devices: --decode-fds=dev
 * run some: --decode-fds=path,pidfd,signalfd,eventfd
 */
#include "bare.h"
#include <linux/fcntl.h>

#define EFD_SEMAPHORE 1 /* eventfd(2) */

static void look(long fd)
{
	sys(__NR_fchdir, fd);
	sys(__NR_close, fd);
}

static void gone(const char *name)
{
	long fd = sys(__NR_open, name, O_CREAT | O_RDWR, 0600);
	sys(__NR_unlink, name);
	look(fd);
}

static void signals(uint64_t mask)
{
	look(sys(__NR_signalfd4, -1, &mask, 8, 0));
}

int run(void)
{
	look(sys(__NR_open, "/dev/null", O_RDWR));
	look(sys(__NR_open, "/dev/zero", O_PATH));
	look(sys(__NR_open, ".", O_RDONLY));
	look(sys(__NR_pidfd_open, sys(__NR_getpid), 0));
	look(sys(__NR_eventfd2, 5, 0));
	look(sys(__NR_eventfd2, 0x12, EFD_SEMAPHORE));
	signals(0);
	signals(1 << 9 | 1ULL << 33);
	signals(-1);
	look(sys(__NR_timerfd_create, 1, 0));
	look(sys(__NR_epoll_create1, 0));
	look(sys(__NR_inotify_init1, 0));
	look(sys(__NR_memfd_create, "a <name>", 0));
	gone("gone");
	gone("<gone>");
	look(-1);
	return 0;
}
