/*
 * What a command is started with: its name, and its environment, which is otherwise empty.
 *
 * run:
 * run set: -E A=1 -E B=2 -E A=3
 * run removed: -E A=1 -E B=2 -E A -E C
 * run long: --env=A=b=c --env=B=
 * run nameless: -E =x -E =
 * run named: --argv0=foo -E A=1
 * run unnamed: --argv0=
 * run searched: -E PATH=/nowhere --argv0=foo
 */
#include "bare.h"

int run(void)
{
	for (char **text = arguments(); *text; text++)
		sys(__NR_access, *text, 0);
	for (char **text = environment(); *text; text++)
		sys(__NR_access, *text, 1);
	return 0;
}
