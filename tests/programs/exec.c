/*
 * Programs started: arguments, environment, what cannot be started.
 *
 * run:
 * run full: -v
 * run short: -s 2
 */
#include "bare.h"
#include <linux/fcntl.h>

int run(void)
{
	char *again[] = { "./exec", "again", NULL };
	char *many[41], *odd[] = { "", "a\nb", "\303\274", NULL };
	if (initial_stack[0] > 1)
		return 3;
	for (int i = 0; i < 40; i++)
		many[i] = "x";
	many[40] = NULL;
	sys(__NR_execve, "./missing", odd, many);
	sys(__NR_execve, ".", many, odd);
	sys(__NR_execve, NULL, NULL, NULL);
	sys(__NR_execve, "./exec", 1, 2);
	sys(__NR_execveat, AT_FDCWD, "missing", odd, NULL, AT_SYMLINK_NOFOLLOW);
	sys(__NR_execveat, 99, "", odd, again, AT_EMPTY_PATH | 0x1);
	sys(__NR_execve, "./exec", again, odd);
	return 1;
}
