/*
 * Scheduling: policies, priorities, processors.
 *
 * run:
 */
#include "pretend.h"
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <linux/time_types.h>

int run(void)
{
	int priority = 20;
	unsigned long mask[2] = { 5, 0 };
	unsigned processor = 1, node = 0;
	struct sched_attr attributes = { .size = sizeof(attributes), .sched_policy = 6, .sched_runtime = 1, .sched_deadline = 2, .sched_period = 3 };
	pretend(0);
	sys(__NR_sched_yield);
	sys(__NR_sched_setscheduler, 0, SCHED_FIFO, &priority);
	sys(__NR_sched_setscheduler, 0, SCHED_BATCH | SCHED_RESET_ON_FORK, NULL);
	sys(__NR_sched_getscheduler, 0);
	sys(__NR_sched_setparam, 0, &priority);
	sys(__NR_sched_getparam, 0, &priority);
	sys(__NR_sched_get_priority_max, SCHED_RR);
	sys(__NR_sched_get_priority_min, 77);
	sys(__NR_sched_setaffinity, 0, sizeof(mask), mask);
	sys(__NR_sched_getaffinity, 0, sizeof(mask), mask);
	sys(__NR_sched_setaffinity, 0, 3, NULL);
	sys(__NR_sched_setattr, 0, &attributes, 0);
	sys(__NR_sched_getattr, 0, &attributes, sizeof(attributes), 0);
	sys(__NR_sched_setattr, 0, NULL, 1);
	sys(__NR_sched_rr_get_interval, 0, NULL);
	sys(__NR_getcpu, &processor, &node, NULL);
	sys(__NR_getcpu, NULL, NULL, 1);
	return 0;
}
