/*
 * A death by a fault of the processor: fpe.
 *
 * run:
 * run quiet: -qq -i
 */
#include "bare.h"

int run(void)
{
	volatile int zero = 0; return 1 / zero;
	return 0;
}
