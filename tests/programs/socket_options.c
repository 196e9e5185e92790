/*
 * Socket options, read and set.
 *
 * run:
 * run closed: -e verbose=none
 */
#include "addresses.h"
#include "pretend.h"
#include <linux/tcp.h>

int run(void)
{
	int number = 5, size = 4, zero = 0;
	struct { int on, seconds; } linger = { 1, 10 };
	struct { long seconds, microseconds; } timeout = { 3, 4 };
	struct { int pid; unsigned uid, gid; } credentials = { 1, 2, 3 };
	pretend(0);
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_REUSEADDR, &number, 4);
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_RCVTIMEO_OLD, &timeout, sizeof(timeout));
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_KEEPALIVE, &number, 2);
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_KEEPALIVE, NULL, 4);
	sys(__NR_setsockopt, 3, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
	sys(__NR_setsockopt, 3, IPPROTO_TCP, TCP_NODELAY, &number, 4);
	sys(__NR_setsockopt, 3, IPPROTO_TCP, TCP_CONGESTION, "cubic", 5);
	sys(__NR_setsockopt, 3, IPPROTO_IP, IP_TOS, &number, 4);
	sys(__NR_setsockopt, 3, IPPROTO_IPV6, IPV6_V6ONLY, &number, 4);
	sys(__NR_setsockopt, 3, 99, 99, &number, 4);
	sys(__NR_setsockopt, 3, SOL_SOCKET, 999, "bytes", -1);
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_ERROR, &zero, &size);
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_TYPE, &number, &size);
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_RCVBUF, &number, &size);
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_LINGER, &linger, &(int){ 8 });
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_PEERCRED, &credentials, &(int){ 12 });
	sys(__NR_getsockopt, 3, IPPROTO_TCP, TCP_MAXSEG, &number, &size);
	sys(__NR_getsockopt, 3, 0xffff, 77, &number, &size);
	sys(__NR_getsockopt, 3, SOL_SOCKET, SO_TYPE, NULL, NULL);
	return 0;
}
