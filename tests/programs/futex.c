/*
 * Futexes: each operation.
 *
 * run:
 */
#include "pretend.h"
#include <linux/futex.h>
#include <linux/time_types.h>

int run(void)
{
	int word_a = 1, word_b = 2;
	struct { long seconds, nanoseconds; } timeout = { 3, 4 };
	struct futex_waitv waiters[2] = { { 5, (word)&word_a, FUTEX_32, 0 }, { 6, (word)&word_b, FUTEX_32 | FUTEX_PRIVATE_FLAG, 0 } };
	pretend(EAGAIN);
	sys(__NR_futex, &word_a, FUTEX_WAIT, 1, NULL);
	sys(__NR_futex, &word_a, FUTEX_WAIT_PRIVATE, 1, &timeout);
	sys(__NR_futex, &word_a, FUTEX_WAKE, 1);
	sys(__NR_futex, &word_a, FUTEX_WAKE_PRIVATE, 0x7fffffff);
	sys(__NR_futex, &word_a, FUTEX_FD, 10);
	sys(__NR_futex, &word_a, FUTEX_REQUEUE, 1, 2, &word_b);
	sys(__NR_futex, &word_a, FUTEX_CMP_REQUEUE_PRIVATE, 1, 2, &word_b, 3);
	sys(__NR_futex, &word_a, FUTEX_WAKE_OP, 1, 2, &word_b, FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_GT, 4));
	sys(__NR_futex, &word_a, FUTEX_WAKE_OP_PRIVATE, 1, 2, &word_b, 0xffffffff);
	sys(__NR_futex, &word_a, FUTEX_LOCK_PI_PRIVATE, 0, &timeout);
	sys(__NR_futex, &word_a, FUTEX_TRYLOCK_PI);
	sys(__NR_futex, &word_a, FUTEX_UNLOCK_PI);
	sys(__NR_futex, &word_a, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 1, &timeout, NULL, FUTEX_BITSET_MATCH_ANY);
	sys(__NR_futex, &word_a, FUTEX_WAKE_BITSET_PRIVATE, 1, NULL, NULL, 0x3);
	sys(__NR_futex, &word_a, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 1, NULL, &word_b);
	sys(__NR_futex, &word_a, FUTEX_CMP_REQUEUE_PI, 1, 2, &word_b, 3);
	sys(__NR_futex, NULL, 0xfe, 1, 2, 3, 4);
	sys(__NR_futex_waitv, waiters, 2, 0, &timeout, 1);
	sys(__NR_futex_waitv, NULL, 1, 1, NULL, 0);
	return 0;
}
