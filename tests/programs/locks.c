/*
 * flock, and descriptors that stand for events, notifications, memory and processes.
 *
 * run:
 * run paths: -y
 */
#include "pretend.h"
#include <linux/fcntl.h>
#include <linux/inotify.h>
#include <linux/memfd.h>

int run(void)
{
	unsigned long long counter = 7;
	long fd = sys(__NR_creat, "file", 0600);
	sys(__NR_flock, fd, 2);
	sys(__NR_flock, fd, 4 | 1);
	sys(__NR_flock, fd, 8);
	sys(__NR_flock, fd, 0xff);
	long event = sys(__NR_eventfd2, 5, O_CLOEXEC | O_NONBLOCK);
	sys(__NR_eventfd2, 0, 1 | 0x100);
	sys(__NR_eventfd, 1);
	sys(__NR_write, event, &counter, 8);
	sys(__NR_read, event, &counter, 8);
	long watch = sys(__NR_inotify_init1, IN_NONBLOCK | IN_CLOEXEC);
	sys(__NR_inotify_add_watch, watch, "file", IN_MODIFY | IN_DELETE_SELF);
	sys(__NR_inotify_add_watch, watch, "missing", IN_ALL_EVENTS | IN_ONLYDIR);
	sys(__NR_inotify_rm_watch, watch, 1);
	sys(__NR_inotify_rm_watch, watch, 99);
	sys(__NR_inotify_init1, 0xff);
	sys(__NR_memfd_create, "name", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	sys(__NR_memfd_create, "huge", MFD_HUGETLB | MFD_HUGE_2MB | 0x100);
	pretend(ENOSYS);
	sys(__NR_inotify_init);
	sys(__NR_fanotify_init, 0x3f, O_RDWR | O_CLOEXEC);
	sys(__NR_fanotify_mark, 3, 0x15, 0x40000020, 0, AT_FDCWD, "file");
	sys(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	sys(__NR_memfd_secret, FD_CLOEXEC);
	sys(__NR_pidfd_open, 1234, O_NONBLOCK);
	sys(__NR_pidfd_getfd, 3, 4, 0);
	sys(__NR_pidfd_send_signal, 3, 10, NULL, 0);
	return 0;
}
