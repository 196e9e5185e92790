/*
 * Messages with pieces, addresses and control data.
 *
 * run:
 * run paths: -y
 * run short: -s 3
 * run dump: -e read=all -e write=all
 */
#include "addresses.h"
#include <linux/fcntl.h>

struct timed { struct message message; unsigned length; };

int run(void)
{
	int pair[2];
	char a[3], b[40];
	struct iovec out[] = { { "one", 3 }, { "twotwo", 6 } }, in[] = { { a, sizeof(a) }, { b, sizeof(b) } };
	struct control rights = { CONTROL_LENGTH(8), SOL_SOCKET, 1, { 0 } };
	struct { unsigned char bytes[256]; } control;
	struct message message = { NULL, 0, out, 2, &rights, CONTROL_LENGTH(8), 0x12 };
	struct message answer = { NULL, 0, in, 2, &control, sizeof(control), 0 };
	struct timed many[2] = { { { NULL, 0, out, 1, NULL, 0, 0 }, 0 }, { { NULL, 0, out, 2, NULL, 0, 0 }, 0 } };
	struct { long seconds, nanoseconds; } zero = { 0, 0 };
	((int *)rights.data)[0] = 0;
	((int *)rights.data)[1] = 1;
	sys(__NR_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair);
	sys(__NR_sendmsg, pair[0], &message, 0x4000);
	sys(__NR_recvmsg, pair[1], &answer, 0x40000000);
	sys(__NR_recvmsg, pair[1], &answer, 0x40);
	message.control_length = 0;
	message.control = NULL;
	sys(__NR_sendmsg, pair[0], &message, 0);
	answer.piece_count = 1;
	sys(__NR_recvmsg, pair[1], &answer, 0x20);
	sys(__NR_sendmmsg, pair[0], many, 2, 0);
	for (int i = 0; i < 2; i++)
		many[i].message.pieces = &in[1], many[i].message.piece_count = 1;
	sys(__NR_recvmmsg, pair[1], many, 2, 0x40, &zero);
	sys(__NR_recvmmsg, pair[1], many, 2, 0x40, NULL);
	sys(__NR_sendmsg, pair[0], NULL, 0);
	sys(__NR_recvmsg, 99, &answer, 0);
	return 0;
}
