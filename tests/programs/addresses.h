/* Socket calls, which i386 has in one call and on their own, and the structures that no kernel header states. */
#ifndef ADDRESSES_H
#define ADDRESSES_H

#include "bare.h"
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/netlink.h>
#include <linux/socket.h>
#include <linux/uio.h>
#include <linux/un.h>
#include <asm/socket.h>

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define AF_NETLINK 16
#define AF_PACKET 17
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_SEQPACKET 5
#define SOCK_NONBLOCK 04000
#define SOCK_CLOEXEC 02000000

struct message {
	void *name;
	int name_length;
	struct iovec *pieces;
	size_t piece_count;
	void *control;
	size_t control_length;
	unsigned flags;
};

struct control {
	size_t length;
	int level, type;
	unsigned char data[32];
};

/* A control message with this many bytes of data. */
#define CONTROL_LENGTH(bytes) (offsetof(struct control, data) + (bytes))

static inline unsigned short swapped(unsigned short port)
{
	return (unsigned short)(port << 8 | port >> 8);
}

#endif
