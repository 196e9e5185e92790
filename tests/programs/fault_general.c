/*
 * A death by a fault of the processor: general.
 *
 * run:
 * run quiet: -qq -i
 */
#include "bare.h"

int run(void)
{
	__asm__ volatile("hlt");
	return 0;
}
