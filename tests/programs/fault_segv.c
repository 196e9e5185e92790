/*
 * A death by a fault of the processor: segv.
 *
 * run:
 * run quiet: -qq -i
 */
#include "bare.h"

int run(void)
{
	*(volatile int *)16 = 1;
	return 0;
}
