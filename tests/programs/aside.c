/*
 * Where the tracer stands: the exit status is the sum of what is true of it. 1: it is the parent. 2: it is in the same
 * process group. 4: in the same session. 8: its own parent is neither this process nor its parent. 16: it is a child.
 *
 * stderr: -e trace=exit_group
 * stderr grandchild: -D -e trace=exit_group
 * stderr grandchild_long: --daemonize -e trace=exit_group
 * stderr group: -DD -e trace=exit_group
 * stderr group_long: --daemonize=pgroup -e trace=exit_group
 * stderr session: -DDD -e trace=exit_group
 * stderr session_long: --daemonized=session -e trace=exit_group
 * run file: -D -e trace=exit_group
 * run followed: -DD -f -e trace=exit_group
 * run quiet: -D -q -e trace=exit_group
 * run missing: -D -- ./missing
 * stderr denied: -D -- /
 * stderr counted: -D -c -U name,calls -e trace=exit_group
 */
#include "bare.h"
#include <linux/fcntl.h>

static char text[4096];

/* The number behind a name in a process's status. */
static int number(const char *path, const char *name)
{
	long file = sys(__NR_open, path, O_RDONLY), count = sys(__NR_read, file, text, sizeof text - 1);
	int found = 0;
	sys(__NR_close, file);
	for (char *at = text; at < text + count; at++) {
		size_t matched = 0;
		while (name[matched] && at[matched] == name[matched])
			matched++;
		if (name[matched])
			continue;
		for (at += matched; *at >= '0' && *at <= '9'; at++)
			found = found * 10 + *at - '0';
		break;
	}
	return found;
}

/* The parent of a process. */
static int parent_of(int pid)
{
	char path[32] = "/proc/", digits[10];
	size_t count = 0, at = length(path);
	for (; pid; pid /= 10)
		digits[count++] = '0' + pid % 10;
	while (count)
		path[at++] = digits[--count];
	memcpy(path + at, "/status", 8);
	return number(path, "\nPPid:\t");
}

int run(void)
{
	int me = sys(__NR_getpid), parent = sys(__NR_getppid);
	int tracer = number("/proc/self/status", "\nTracerPid:\t"), its_parent = parent_of(tracer);
	return (tracer == parent) + 2 * (sys(__NR_getpgid, tracer) == sys(__NR_getpgid, 0)) +
	       4 * (sys(__NR_getsid, tracer) == sys(__NR_getsid, 0)) + 8 * (its_parent != me && its_parent != parent) +
	       16 * (its_parent == me);
}
