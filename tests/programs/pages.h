/* Memory whose end is known: what lies after it cannot be read. */
#ifndef PAGES_H
#define PAGES_H

#include "bare.h"
#include <linux/mman.h>

#define PAGE 4096

/* The end of a readable page that is followed by an unreadable one. */
static inline char *page_end(void)
{
#ifdef __i386__
	long page = sys(__NR_mmap2, 0, 2 * PAGE, 3, MAP_PRIVATE | 0x20, -1, 0);
#else
	long page = sys(__NR_mmap, 0, 2 * PAGE, 3, MAP_PRIVATE | 0x20, -1, 0);
#endif
	sys(__NR_munmap, page + PAGE, PAGE);
	return (char *)page + PAGE;
}

/* A copy of these bytes that ends where the page ends. */
static inline void *at_end(char *end, const void *bytes, size_t count)
{
	return memcpy(end - count, bytes, count);
}

#endif
