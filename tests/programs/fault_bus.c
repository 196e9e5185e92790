/*
 * A death by SIGBUS: a mapping beyond the end of its file.
 *
 * run:
 */
#include "pages.h"
#include <linux/fcntl.h>

int run(void)
{
	long fd = sys(__NR_open, "file", O_RDWR | O_CREAT, 0600);
#ifdef __i386__
	long map = sys(__NR_mmap2, 0, PAGE, 3, MAP_SHARED, fd, 0);
#else
	long map = sys(__NR_mmap, 0, PAGE, 3, MAP_SHARED, fd, 0);
#endif
	*(volatile char *)map = 1;
	return 0;
}
