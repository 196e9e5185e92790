/*
 * A program that only ends.
 *
 * run:
 */
#include "bare.h"

int run(void)
{
	return 7;
}
