/* What socket(2) and its like define in manuals only. */
#pragma once
#include <linux/types.h>
#include <linux/uio.h>
#include <asm/fcntl.h>

#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 5
#define SOCK_DCCP 6
#define SOCK_PACKET 10
#define SOCK_CLOEXEC O_CLOEXEC
#define SOCK_NONBLOCK O_NONBLOCK

#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2

struct user_msghdr {
	void *msg_name;
	int msg_namelen;
	struct iovec *msg_iov;
	__kernel_size_t msg_iovlen;
	void *msg_control;
	__kernel_size_t msg_controllen;
	unsigned int msg_flags;
};

struct mmsghdr {
	struct user_msghdr msg_hdr;
	unsigned int msg_len;
};

struct cmsghdr {
	__kernel_size_t cmsg_len;
	int cmsg_level;
	int cmsg_type;
};

struct ucred {
	__u32 pid;
	__u32 uid;
	__u32 gid;
};

struct linger {
	int l_onoff;
	int l_linger;
};

/* In the kernel until 6.5. */
#define MSG_SENDPAGE_NOTLAST 0x20000

/* In the kernel until 4.13 (tcp(7)); never in the kernel, but RFC 3542 has it. */
#define TCP_COOKIE_TRANSACTIONS 15
#define IPV6_USE_MIN_MTU 63
