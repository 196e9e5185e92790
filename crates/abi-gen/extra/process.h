/* What scheduling calls define in manuals only. */
#pragma once

#define SCHED_OTHER 0

struct sched_param {
	int sched_priority;
};

/* What pidfd_open(2) takes beside the flags of linux/pidfd.h: O_TRUNC under another name. */
#define PIDFD_AUTOKILL 01000

/* What the first mmap(2) of i386 takes. */
struct mmap_arg_struct {
	unsigned long addr;
	unsigned long len;
	unsigned long prot;
	unsigned long flags;
	unsigned long fd;
	unsigned long offset;
};
