/*
 * A death by a fault of the processor: ill.
 *
 * run:
 * run quiet: -qq -i
 */
#include "bare.h"

int run(void)
{
	__asm__ volatile("ud2");
	return 0;
}
