/* What scheduling calls define in manuals only. */
#pragma once

#define SCHED_OTHER 0

struct sched_param {
	int sched_priority;
};

/* What pidfd_open(2) takes beside the flags of linux/pidfd.h: O_TRUNC under another name. */
#define PIDFD_AUTOKILL 01000
