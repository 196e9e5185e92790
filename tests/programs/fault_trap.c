/*
 * A death by a fault of the processor: trap.
 *
 * run:
 * run quiet: -qq -i
 */
#include "bare.h"

int run(void)
{
	__asm__ volatile("int3");
	return 0;
}
