/*
 * inotify, fanotify, file handles.
 *
 * run:
 */
#include "pretend.h"
#include <linux/fanotify.h>
#include <linux/fcntl.h>
#include <linux/inotify.h>

int run(void)
{
	struct { unsigned bytes; int type; unsigned char handle[8]; } handle = { 8, 1, { 1, 2, 3, 4, 5, 6, 7, 8 } };
	int mount = 5;
	pretend(0);
	sys(__NR_inotify_init1, IN_CLOEXEC | IN_NONBLOCK);
	sys(__NR_inotify_add_watch, 3, "file", IN_CLOSE | IN_MOVE);
	sys(__NR_inotify_add_watch, 3, "file", -1);
	sys(__NR_inotify_rm_watch, 3, 1);
	sys(__NR_fanotify_init, FAN_CLASS_CONTENT | FAN_CLOEXEC, 2);
	sys(__NR_fanotify_init, 0xc, 0);
	sys(__NR_fanotify_init, 0x8000, 0);
#ifdef __i386__
	sys(__NR_fanotify_mark, 3, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN | FAN_CLOSE, 0, AT_FDCWD, "file");
	sys(__NR_fanotify_mark, 3, -1, -1, -1, FAN_NOFD, NULL);
#else
	sys(__NR_fanotify_mark, 3, FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN | FAN_CLOSE, AT_FDCWD, "file");
	sys(__NR_fanotify_mark, 3, -1, -1, FAN_NOFD, NULL);
#endif
	sys(__NR_name_to_handle_at, AT_FDCWD, "file", &handle, &mount, AT_SYMLINK_FOLLOW);
	sys(__NR_open_by_handle_at, 3, &handle, 0100000);
	sys(__NR_open_by_handle_at, 3, NULL, 0);
	return 0;
}
