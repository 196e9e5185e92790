/*
 * Bytes in and out, and how strings are shown.
 *
 * run:
 * run short: -s 3
 * run hex: -x
 * run all_hex: -xx
 * run dump: -e read=3 -e write=4
 */
#include "bare.h"

int run(void)
{
	int ends[2];
	char buffer[300];
	sys(__NR_pipe, ends);
	sys(__NR_write, ends[1], "plain", 5);
	sys(__NR_read, ends[0], buffer, 100);
	sys(__NR_write, ends[1], "\t\n\v\f\r\b\a\"\\'\0e", 12);
	sys(__NR_read, ends[0], buffer, 100);
	sys(__NR_write, ends[1], "\0001\0019\002a\1778\377\200z", 14);
	sys(__NR_read, ends[0], buffer, 100);
	sys(__NR_write, ends[1], "gr\303\274\303\237e", 8);
	sys(__NR_read, ends[0], buffer, 3);
	sys(__NR_read, ends[0], buffer, 100);
	for (int i = 0; i < 256; i++)
		buffer[i] = (char)i;
	for (int i = 0; i < 256; i += 16)
		sys(__NR_write, ends[1], buffer + i, 16);
	sys(__NR_read, ends[0], buffer, 256);
	sys(__NR_write, ends[1], "", 0);
	sys(__NR_write, ends[1], "exactly thirty-two bytes, I said", 32);
	sys(__NR_write, ends[1], "exactly thirty-three bytes I said", 33);
	sys(__NR_write, 99, "nowhere", 7);
	sys(__NR_read, 99, buffer, 7);
	sys(__NR_read, ends[0], NULL, 7);
	sys(__NR_write, ends[1], NULL, 7);
	sys(__NR_close, ends[1]);
	sys(__NR_close, ends[1]);
	sys(__NR_read, ends[0], buffer, 300);
	sys(__NR_read, ends[0], buffer, 300);
	return 0;
}
