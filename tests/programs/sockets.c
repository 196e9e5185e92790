/*
 * Sockets and their addresses; nobody is reached.
 *
 * run:
 * run paths: -y
 * run raw: -X raw
 * run verbose: -X verbose
 */
#include "addresses.h"
#include "pretend.h"
#include <linux/if_packet.h>

int run(void)
{
	struct sockaddr_un local = { AF_UNIX, "socket" }, abstract = { AF_UNIX, "\0hidden\1" };
	struct sockaddr_in inet = { .sin_family = AF_INET, .sin_port = 0x5000, .sin_addr.s_addr = 0x0100007f };
	struct sockaddr_in6 inet6 = { .sin6_family = AF_INET6, .sin6_port = 0xbb01, .sin6_flowinfo = 0x01000000,
		.sin6_addr.s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 1 }, .sin6_scope_id = 0 };
	struct sockaddr_nl netlink = { .nl_family = AF_NETLINK, .nl_pid = 12, .nl_groups = 0x111 };
	struct sockaddr_ll packet = { .sll_family = AF_PACKET, .sll_protocol = 0x0008, .sll_halen = 6, .sll_addr = { 1, 2, 3, 4, 5, 6 } };
	struct { unsigned short family; char data[14]; } odd = { 77, "whatever" };
	int size = sizeof(inet), pair[2];
	sys(__NR_socketpair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
	sys(__NR_socketpair, AF_UNIX, 77, 5, NULL);
	long fd = sys(__NR_socket, AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	sys(__NR_socket, 99, 99, 99);
	sys(__NR_bind, fd, &local, 2 + 7);
	sys(__NR_connect, fd, &abstract, 2 + 8);
	sys(__NR_connect, 99, &local, 200);
	sys(__NR_listen, fd, 128);
	sys(__NR_shutdown, pair[0], 1);
	sys(__NR_shutdown, pair[0], 7);
	sys(__NR_getsockname, fd, &local, &size);
	sys(__NR_getpeername, fd, &local, &size);
	pretend(0);
	sys(__NR_socket, AF_INET, SOCK_STREAM, IPPROTO_TCP);
	sys(__NR_socket, AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
	sys(__NR_socket, AF_INET, SOCK_RAW, IPPROTO_ICMP);
	sys(__NR_socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
	sys(__NR_socket, AF_PACKET, SOCK_RAW, 0x0300);
	sys(__NR_bind, 3, &inet, sizeof(inet));
	sys(__NR_bind, 3, &inet6, sizeof(inet6));
	sys(__NR_bind, 3, &netlink, sizeof(netlink));
	sys(__NR_bind, 3, &packet, sizeof(packet));
	sys(__NR_bind, 3, &odd, sizeof(odd));
	sys(__NR_bind, 3, &inet, 4);
	sys(__NR_bind, 3, &inet, 1);
	sys(__NR_bind, 3, NULL, 16);
	sys(__NR_connect, 3, &local, 2);
	sys(__NR_connect, 3, &local, 3);
	sys(__NR_connect, 3, &local, sizeof(local));
	inet6.sin6_addr.s6_addr[0] = 0xfe;
	inet6.sin6_scope_id = 3;
	sys(__NR_connect, 3, &inet6, sizeof(inet6));
	size = sizeof(inet);
	sys(__NR_accept4, 3, &inet, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
	sys(__NR_accept4, 3, NULL, NULL, 0xff);
	sys(__NR_getsockname, 3, &inet6, &(int){ 28 });
	sys(__NR_getsockname, 3, &inet6, &(int){ 0 });
	sys(__NR_getpeername, 3, &inet, NULL);
	sys(__NR_sendto, 3, "datagram", 8, 0x4000, &inet, sizeof(inet));
	sys(__NR_sendto, 3, "stream", 6, 0xffffffff, NULL, 0);
	sys(__NR_recvfrom, 3, &odd, 0, 0x42, &inet, &size);
	sys(__NR_recvfrom, 3, &odd, 16, 0, NULL, NULL);
#ifdef __x86_64__
	sys(__NR_accept, 3, &inet, &size);
#else
	word words[6] = { AF_INET, SOCK_STREAM, 0 };
	sys(__NR_socketcall, 1, words);
	word accept[3] = { 3, (word)&inet, (word)&size };
	sys(__NR_socketcall, 5, accept);
	sys(__NR_socketcall, 77, words);
	sys(__NR_socketcall, 1, NULL);
#endif
	return 0;
}
