/*
 * The program dies by a signal, and so does the tracer.
 *
 * run:
 * run quiet: -e quiet=exit
 * run hidden: -e signal=none
 */
#include "signals.h"

int run(void)
{
	sys(__NR_kill, sys(__NR_getpid), SIGTERM);
	return 0;
}
