/*
 * Sockets with both their ends: what -yy shows of descriptors before and after they have an address.
 *
 * run: -yy
 * run sockets: --decode-fds=socket
 * run hex: -yy -xx
 */
#include "addresses.h"

static void internet(int type)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = 0x0100007f };
	int size = sizeof(address);
	long server = sys(__NR_socket, AF_INET, type, 0);
	long client = sys(__NR_socket, AF_INET, type, 0);
	sys(__NR_fchdir, server);
	sys(__NR_bind, server, &address, sizeof(address));
	sys(__NR_fchdir, server);
	if (type == SOCK_STREAM)
		sys(__NR_listen, server, 1);
	sys(__NR_getsockname, server, &address, &size);
	sys(__NR_connect, client, &address, sizeof(address));
	sys(__NR_write, client, "data", 4);
	if (type == SOCK_STREAM)
		sys(__NR_accept4, server, NULL, NULL, SOCK_CLOEXEC);
	sys(__NR_close_range, 3, -1, 0);
}

static void pair(int type)
{
	int ends[2];
	sys(__NR_socketpair, AF_UNIX, type, 0, ends);
	sys(__NR_write, ends[0], "data", 4);
	sys(__NR_read, ends[1], ends, 4);
	sys(__NR_close_range, 3, -1, 0);
}

static void named(struct sockaddr_un *address, int size)
{
	long server = sys(__NR_socket, AF_UNIX, SOCK_STREAM, 0);
	long client = sys(__NR_socket, AF_UNIX, SOCK_STREAM, 0);
	sys(__NR_fchdir, server);
	sys(__NR_bind, server, address, size);
	sys(__NR_listen, server, 1);
	sys(__NR_connect, client, address, size);
	sys(__NR_write, client, "data", 4);
	sys(__NR_accept4, server, NULL, NULL, 0);
	sys(__NR_fchdir, server);
	sys(__NR_close_range, 3, -1, 0);
}

int run(void)
{
	struct sockaddr_un path = { AF_UNIX, "an <end>" };
	struct sockaddr_nl netlink = { .nl_family = AF_NETLINK };
	sys(__NR_getpid);
	internet(SOCK_STREAM);
	internet(SOCK_DGRAM);
	pair(SOCK_STREAM);
	pair(SOCK_DGRAM);
	pair(SOCK_SEQPACKET);
	named(&path, 2 + 9);
	long fd = sys(__NR_socket, AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);
	sys(__NR_fchdir, fd);
	sys(__NR_bind, fd, &netlink, sizeof(netlink));
	sys(__NR_fchdir, fd);
	return 0;
}
