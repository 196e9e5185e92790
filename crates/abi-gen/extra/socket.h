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

/* The kernel's own net/tcp_states.h. */
enum tcp_state {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING,
	TCP_NEW_SYN_RECV,
	TCP_BOUND_INACTIVE,
};

/* The kernel's own net/smc/smc.h. */
enum smc_state {
	SMC_ACTIVE = 1,
	SMC_INIT = 2,
	SMC_CLOSED = 7,
	SMC_LISTEN = 10,
	SMC_PEERCLOSEWAIT1 = 20,
	SMC_PEERCLOSEWAIT2 = 21,
	SMC_APPCLOSEWAIT1 = 22,
	SMC_APPCLOSEWAIT2 = 23,
	SMC_APPFINCLOSEWAIT = 24,
	SMC_PEERFINCLOSEWAIT = 25,
	SMC_PEERABORTWAIT = 26,
	SMC_PROCESSABORT = 27,
};

#define SMC_CLNT 0
#define SMC_SERV 1

/* The kernel's own net/smc/smc_clc.h. */
#define SMC_CLC_DECL_MEM 0x01010000
#define SMC_CLC_DECL_TIMEOUT_CL 0x02010000
#define SMC_CLC_DECL_TIMEOUT_AL 0x02020000
#define SMC_CLC_DECL_CNFERR 0x03000000
#define SMC_CLC_DECL_PEERNOSMC 0x03010000
#define SMC_CLC_DECL_IPSEC 0x03020000
#define SMC_CLC_DECL_NOSMCDEV 0x03030000
#define SMC_CLC_DECL_MODEUNSUPP 0x03040000
#define SMC_CLC_DECL_RMBE_EC 0x03050000
#define SMC_CLC_DECL_OPTUNSUPP 0x03060000
#define SMC_CLC_DECL_SYNCERR 0x04000000
#define SMC_CLC_DECL_PEERDECL 0x05000000
#define SMC_CLC_DECL_INTERR 0x99990000
