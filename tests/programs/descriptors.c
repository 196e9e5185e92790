/*
 * Descriptors: duplicated, made in pairs, closed.
 *
 * run:
 * run paths: -y
 * run details: -yy
 */
#include "bare.h"
#include <linux/close_range.h>
#include <linux/fcntl.h>

int run(void)
{
	int ends[2];
	sys(__NR_pipe, ends);
	sys(__NR_dup, ends[0]);
	sys(__NR_dup2, ends[1], 10);
	sys(__NR_dup2, ends[1], ends[1]);
	sys(__NR_dup3, ends[1], 11, O_CLOEXEC);
	sys(__NR_dup3, ends[1], ends[1], 0xff);
	sys(__NR_dup, -1);
	sys(__NR_pipe2, ends, O_CLOEXEC | O_NONBLOCK);
	sys(__NR_pipe2, ends, O_DIRECT);
	sys(__NR_pipe2, ends, 0x1234);
	sys(__NR_pipe2, NULL, 0);
	sys(__NR_close, 10);
	sys(__NR_close, -100);
	sys(__NR_close_range, 5, 6, CLOSE_RANGE_CLOEXEC);
	sys(__NR_close_range, 5, -1, CLOSE_RANGE_UNSHARE);
	sys(__NR_close_range, 9, 5, 0xffff);
	return 0;
}
