/*
 * The calls that are several in one: what their parts lead to.
 *
 * abi: i386
 * run:
 * run short: -s 2
 */
#include "addresses.h"
#include <linux/ipc.h>
#include <linux/sem.h>

#define socketcall(number, ...) sys(__NR_socketcall, number, ((word[]){ __VA_ARGS__ }))
#define AT(place) ((word)(place))

static void sockets(void)
{
	struct sockaddr_un local = { AF_UNIX, "local" }, from;
	struct iovec out[] = { { "first", 5 }, { "second", 6 } };
	char buffer[16], control[64];
	struct iovec in[] = { { buffer, 4 }, { buffer + 8, 8 } };
	struct message sent = { .pieces = out, .piece_count = 2 };
	struct message received = { .name = &from, .name_length = sizeof(from), .pieces = in, .piece_count = 2,
		.control = control, .control_length = sizeof(control) };
	struct { struct message message; unsigned length; } both[2] = { { sent, 0 }, { sent, 0 } };
	int pair[2], on = 1, size = sizeof(on);
	socketcall(8, AF_UNIX, SOCK_DGRAM, 0, AT(pair));
	socketcall(9, pair[0], AT("sent"), 4, 0);
	socketcall(10, pair[1], AT(buffer), sizeof(buffer), 0);
	socketcall(11, pair[0], AT("sent to"), 7, 0, 0, 0);
	size = sizeof(from);
	socketcall(12, pair[1], AT(buffer), sizeof(buffer), 0, AT(&from), AT(&size));
	socketcall(16, pair[0], AT(&sent), 0);
	socketcall(17, pair[1], AT(&received), 0);
	socketcall(20, pair[0], AT(both), 2, 0);
	socketcall(19, pair[1], AT(both), 2, 0, 0);
	size = sizeof(on);
	socketcall(14, pair[0], SOL_SOCKET, 16, AT(&on), sizeof(on));
	socketcall(15, pair[0], SOL_SOCKET, 16, AT(&on), AT(&size));
	socketcall(2, pair[0], AT(&local), 2 + 6);
	size = sizeof(from);
	socketcall(6, pair[0], AT(&from), AT(&size));
	socketcall(3, 99, AT(&local), 2 + 6);
	socketcall(13, pair[0], 2);
	socketcall(99, 1, 2);
	sys(__NR_socketcall, 9, NULL);
}

static void ipc(void)
{
	struct sembuf operations[] = { { 0, -1, IPC_NOWAIT }, { 1, 2, 0x1000 } };
	struct { long type; char text[8]; } message = { 7, "message" };
	struct { void *at; long type; } kludge = { &message, 7 };
	struct { long long seconds, nanoseconds; } second = { 1, 0 };
	int old[2] = { 1, 0 };
	sys(__NR_ipc, 1, -1, 2, 0, operations);
	sys(__NR_ipc, 4, -1, 2, 0, operations, old);
	sys(__NR_ipc, 4, -1, 1, 0, operations, &second);
	sys(__NR_ipc, 3, -1, 0, IPC_RMID, &old);
	sys(__NR_ipc, 11, -1, 7, IPC_NOWAIT, &message);
	sys(__NR_ipc, 12, -1, 7, IPC_NOWAIT, &kludge);
	sys(__NR_ipc, 12 | 1 << 16, -1, 7, IPC_NOWAIT, &message, 7);
	sys(__NR_ipc, 14, -1, IPC_RMID, 0, NULL);
	sys(__NR_ipc, 21, -1, 0, &old, NULL);
	sys(__NR_ipc, 22, 0, 0, 0, NULL);
	sys(__NR_ipc, 24, -1, IPC_STAT, 0, &message);
}

int run(void)
{
	sockets();
	ipc();
	return 0;
}
