/* What scheduling calls define in manuals only. */
#pragma once

#define SCHED_OTHER 0

struct sched_param {
	int sched_priority;
};
