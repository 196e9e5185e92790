/*
 * Messages of NETLINK_SOCK_DIAG: what is asked of the kernel's lists of sockets, and what it answers. The answers are
 * written, too: decoding depends on a message's flags, not on who wrote it. A filter answers for the kernel.
 *
 * run:
 * run verbose: -v -s 300
 * run raw: -v -X raw
 * run names: -X verbose
 */
#include "addresses.h"
#include "pretend.h"
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <linux/tls.h>
#include <linux/unix_diag.h>

#define AF_SMC 43
#define LONGEST 1024

static struct { struct nlmsghdr header; unsigned char rest[LONGEST]; } message;

/* Begins a message of the family; `size` bytes follow the header. */
static unsigned char *begin(int kind, int flags, int family, unsigned size)
{
	memset(&message, 0, sizeof(message));
	message.header.nlmsg_len = sizeof(message.header) + size;
	message.header.nlmsg_type = kind;
	message.header.nlmsg_flags = flags;
	message.rest[0] = family;
	return message.rest;
}

/* Adds an attribute with `size` bytes of data, counted up from `first`. */
static unsigned char *add(int kind, unsigned first, unsigned size)
{
	unsigned at = NLMSG_ALIGN(message.header.nlmsg_len) - sizeof(message.header);
	struct nlattr *attribute = (struct nlattr *)(message.rest + at);
	unsigned char *data = (unsigned char *)(attribute + 1);
	attribute->nla_len = sizeof(*attribute) + size;
	attribute->nla_type = kind;
	for (unsigned i = 0; i < size; i++)
		data[i] = first + i;
	message.header.nlmsg_len = sizeof(message.header) + at + attribute->nla_len;
	return data;
}

static void number(int kind, unsigned value)
{
	memcpy(add(kind, 0, sizeof(value)), &value, sizeof(value));
}

static int fd;

static void send(void)
{
	sys(__NR_sendto, fd, &message, message.header.nlmsg_len, 0, 0, 0);
}

/* An answer of the family whose structure has `size` bytes, counted up. */
static void answer(int family, unsigned size)
{
	unsigned char *bytes = begin(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, family, size);
	for (unsigned i = 1; i < size; i++)
		bytes[i] = i;
}

static void requests(void)
{
	static const struct { int family; unsigned size; } known[] = {
		{ AF_UNIX, sizeof(struct unix_diag_req) }, { AF_INET, sizeof(struct inet_diag_req_v2) },
		{ AF_INET6, sizeof(struct inet_diag_req_v2) }, { AF_NETLINK, sizeof(struct netlink_diag_req) },
		{ AF_PACKET, sizeof(struct packet_diag_req) }, { AF_SMC, sizeof(struct smc_diag_req) }, { 44, 20 } };
	for (unsigned i = 0; i < COUNT(known); i++) {
		begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, known[i].family, known[i].size);
		send();
		memset(message.rest + 1, 0xff, known[i].size - 1);
		send();
		message.header.nlmsg_len--;
		send();
		message.header.nlmsg_len = sizeof(message.header) + 1;
		send();
	}
	begin(TCPDIAG_GETSOCK, NLM_F_REQUEST, AF_INET, sizeof(struct inet_diag_req))[3] = 5;
	send();
	begin(TCPDIAG_GETSOCK, NLM_F_REQUEST, AF_INET6, sizeof(struct inet_diag_req))[20] = 5;
	send();
	((struct inet_diag_req *)begin(TCPDIAG_GETSOCK, NLM_F_REQUEST, AF_INET, sizeof(struct inet_diag_req)))->idiag_states = 1 << 20;
	send();
}

static void programs(void)
{
	for (int code = INET_DIAG_BC_NOP; code <= INET_DIAG_BC_CGROUP_COND + 1; code++) {
		for (unsigned more = 0; more <= 16; more += 8) {
			begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, AF_INET, sizeof(struct inet_diag_req_v2));
			add(INET_DIAG_REQ_BYTECODE, code, 4 + more);
			send();
		}
	}
	for (int family = 0; family <= AF_INET6; family += 2) {
		begin(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, AF_INET, sizeof(struct inet_diag_req_v2));
		add(INET_DIAG_REQ_BYTECODE, INET_DIAG_BC_S_COND, 4 + sizeof(struct inet_diag_hostcond) + 16)[4] = family;
		add(INET_DIAG_REQ_PROTOCOL, 132, 1);
		add(INET_DIAG_REQ_SK_BPF_STORAGES, 0, 4);
		send();
	}
}

static void local(void)
{
	answer(AF_UNIX, sizeof(struct unix_diag_msg));
	memcpy(add(UNIX_DIAG_NAME, 0, 6), "/path", 6);
	add(UNIX_DIAG_VFS, 1, 8);
	number(UNIX_DIAG_PEER, 77);
	add(UNIX_DIAG_ICONS, 1, 8);
	add(UNIX_DIAG_RQLEN, 1, 8);
	add(UNIX_DIAG_MEMINFO, 1, 44);
	add(UNIX_DIAG_SHUTDOWN, 3, 1);
	number(UNIX_DIAG_UID, -1);
	add(99, 1, 3);
	send();
}

static void packets(void)
{
	answer(AF_PACKET, sizeof(struct packet_diag_msg));
	number(PACKET_DIAG_FANOUT, 1);
	number(PACKET_DIAG_UID, 0);
	((struct packet_diag_info *)add(PACKET_DIAG_INFO, 0, sizeof(struct packet_diag_info)))->pdi_index = 1;
	((struct packet_diag_mclist *)add(PACKET_DIAG_MCLIST, 0, sizeof(struct packet_diag_mclist)))->pdmc_alen = 6;
	add(PACKET_DIAG_RX_RING, 1, sizeof(struct packet_diag_ring));
	add(PACKET_DIAG_MEMINFO, 1, 4);
	send();
}

static void own(void)
{
	answer(AF_NETLINK, sizeof(struct netlink_diag_msg));
	add(NETLINK_DIAG_MEMINFO, 1, 8);
	add(NETLINK_DIAG_GROUPS, 1, 8);
	add(NETLINK_DIAG_GROUPS, 0, 0);
	add(NETLINK_DIAG_RX_RING, 1, sizeof(struct netlink_diag_ring));
	number(NETLINK_DIAG_FLAGS, 0x10005);
	send();
	message.rest[2] = message.rest[3] = 7;
	send();
}

static void internet(int family)
{
	answer(family, sizeof(struct inet_diag_msg));
	send();
	add(INET_DIAG_MEMINFO, 1, 16);
	add(INET_DIAG_INFO, 1, 8);
	add(INET_DIAG_VEGASINFO, 1, 16);
	memcpy(add(INET_DIAG_CONG, 0, 6), "cubic", 6);
	add(INET_DIAG_TOS, 5, 1);
	add(INET_DIAG_SHUTDOWN, 0, 1);
	add(INET_DIAG_SHUTDOWN, 3, 1);
	add(INET_DIAG_SHUTDOWN, 8, 1);
	add(INET_DIAG_DCTCPINFO, 1, 16);
	add(INET_DIAG_PROTOCOL, 6, 1);
	add(INET_DIAG_LOCALS, 0, 128)[0] = AF_INET;
	add(INET_DIAG_BBRINFO, 1, 20);
	add(INET_DIAG_MD5SIG, 0, 100)[0] = family;
	add(INET_DIAG_CGROUP_ID, 1, 8);
	add(INET_DIAG_SOCKOPT, 5, 2);
	add(INET_DIAG_SOCKOPT, 5, 6);
	add(INET_DIAG_MEMINFO, 1, 15);
	send();
}

/* An answer with one attribute within attributes. */
static void inner(int outer, int middle, int kind, unsigned size)
{
	unsigned char *at;
	answer(AF_INET, sizeof(struct inet_diag_msg));
	at = add(outer, 0, 8 + size);
	((struct nlattr *)at)->nla_len = 8 + size;
	((struct nlattr *)at)->nla_type = middle;
	at += 4;
	((struct nlattr *)at)->nla_len = 4 + size;
	((struct nlattr *)at)->nla_type = kind;
	send();
}

static void layers(void)
{
	inner(INET_DIAG_ULP_INFO, INET_ULP_INFO_NAME, 0x6161, 0);
	for (int kind = TLS_INFO_UNSPEC; kind <= TLS_INFO_MAX + 1; kind++)
		inner(INET_DIAG_ULP_INFO, INET_ULP_INFO_TLS, kind, 2);
	for (int kind = 0; kind <= 12; kind++)
		inner(INET_DIAG_ULP_INFO, INET_ULP_INFO_MPTCP, kind, 8);
	for (int kind = SK_DIAG_BPF_STORAGE_NONE; kind <= SK_DIAG_BPF_STORAGE_MAP_VALUE + 1; kind++)
		inner(INET_DIAG_SK_BPF_STORAGES, SK_DIAG_BPF_STORAGE, kind, 8);
}

static void shared(void)
{
	answer(AF_SMC, 64);
	add(SMC_DIAG_CONNINFO, 1, 76);
	memcpy(add(SMC_DIAG_LGRINFO, 0, 147), "\1mlx5_0", 8);
	add(SMC_DIAG_SHUTDOWN, 3, 1);
	add(SMC_DIAG_DMBINFO, 1, 40);
	number(SMC_DIAG_FALLBACK, 0x03010000);
	memcpy(add(SMC_DIAG_FALLBACK, 0, 8), "\0\0\1\3", 4);
	send();
}

int run(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	fd = sys(__NR_socket, AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
	/* Only a socket with an address is listed with its protocol. */
	sys(__NR_bind, fd, &address, sizeof(address));
	pretend(0);
	requests();
	programs();
	local();
	packets();
	own();
	internet(AF_INET);
	internet(AF_INET6);
	layers();
	shared();
	return 0;
}
