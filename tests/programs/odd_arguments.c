/*
 * Arguments that make little sense: lists of no or too many elements, sizes that structures do not have, members that are
 * not meant. A filter answers for the kernel: that all of it is forbidden.
 *
 * run:
 * run raw: -X raw
 */
#include "pretend.h"
#include <linux/futex.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/uio.h>
#include <asm/signal.h>

#define SIZE 4096
/* What follows it cannot be read. */
#define MEMORY 0x10000000UL
#define END (MEMORY + SIZE)

/* The calls that not every kernel's headers know have one number everywhere. */
#define NR_PROCESS_MADVISE 440
#define NR_LANDLOCK_CREATE_RULESET 444
#define NR_FUTEX_WAITV 449
#define NR_LISTMOUNT 458
#define NR_LSM_GET_SELF_ATTR 459
#define NR_LSM_SET_SELF_ATTR 460
#define NR_LSM_LIST_MODULES 461
#define NR_LISTNS 470

static void lists(void)
{
	unsigned char residency[2];
	int nodes[2] = { 0, 1 };
	sys(__NR_mincore, MEMORY, 0, residency);
	sys(__NR_mincore, MEMORY, SIZE, residency);
	sys(__NR_move_pages, 5, 0, nodes, 0, nodes, 0);
	sys(__NR_setgroups, 65537, MEMORY);
	sys(__NR_setgroups, -1, MEMORY);
	sys(__NR_sched_setaffinity, 5, 0, END);
	sys(__NR_sched_setaffinity, 5, 136, MEMORY);
	sys(__NR_mbind, MEMORY, SIZE, 1, MEMORY, -1L, 0);
	sys(__NR_set_mempolicy, 1, MEMORY, -62L);
	sys(__NR_set_mempolicy, 1, MEMORY, 65);
	sys(__NR_get_mempolicy, nodes, nodes, 0, 0, 0);
	sys(__NR_get_mempolicy, nodes, nodes, 64, 0, 0);
	sys(__NR_migrate_pages, 5, -1L, MEMORY, END);
	sys(NR_LISTMOUNT, 0, MEMORY, 0, 0);
	sys(NR_LISTMOUNT, 0, MEMORY, 1, 0);
	sys(NR_LISTNS, 0, MEMORY, 0, 0);
	sys(NR_FUTEX_WAITV, END - 48, 3, 0, 0, 0);
	sys(NR_LSM_LIST_MODULES, nodes, nodes, 0);
	sys(NR_PROCESS_MADVISE, 3, 0, 0, 3, 0);
#ifdef __x86_64__
	/* So many that 32 bits hold none of them. */
	sys(__NR_preadv, 3, MEMORY + SIZE / 2, 1L << 40, 0, 0);
	sys(__NR_setgroups, 3, MEMORY);
#endif
}

static void structures(void)
{
	struct { unsigned size, policy; unsigned long long flags; int nice; unsigned priority; unsigned long long rest[3]; unsigned clamps[2]; }
		attributes = { 56, 1, 0x8, 1, 2, { 3, 4, 5 }, { 6, 7 } };
	struct { unsigned long long id, flags, len, ctx_len; char ctx[8]; } attribute = { 100, 1, 40, 8, "context" };
	struct { unsigned id_start, id; unsigned long long section; unsigned flags, node, mm, control; }
		__attribute__((aligned(32))) record = { 1, 2, MEMORY + 32, 0, 0, 0, 0 };
	struct { unsigned long long words[11]; } clone = { { 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 5ULL << 32 } };
	sys(__NR_sched_setattr, 5, &attributes, 0);
	attributes.flags = 0x10;
	sys(__NR_sched_setattr, 5, &attributes, 0);
	attributes.policy = -1;
	sys(__NR_sched_setattr, 5, &attributes, 0);
	sys(__NR_sched_setscheduler, 5, 0x40000004, 0);
	sys(__NR_sched_setscheduler, 5, 0x40000100, 0);
	sys(__NR_sched_setscheduler, 5, 0x80000003, 0);
	sys(NR_LSM_SET_SELF_ATTR, 100, &attribute, sizeof(attribute), 0);
	attribute.len = attribute.ctx_len = -1;
	sys(NR_LSM_SET_SELF_ATTR, 100, &attribute, sizeof(attribute), 0);
	sys(NR_LSM_GET_SELF_ATTR, 100, &attribute, &attribute, 1);
	sys(NR_LANDLOCK_CREATE_RULESET, MEMORY, 48, 0);
	sys(NR_LANDLOCK_CREATE_RULESET, MEMORY, 52, 0);
	sys(__NR_rseq, &record, 32, 0, 0x53053053);
	sys(__NR_clone3, &clone, sizeof(clone));
#ifdef __x86_64__
	sys(__NR__sysctl, MEMORY);
	sys(__NR_timer_create, 0, END - 32, 0);
	sys(__NR_mq_notify, 3, END - 32);
#endif
}

static void words(void)
{
	static const char name[80] = "name";
	sys(__NR_sethostname, name, 64);
	sys(__NR_sethostname, name, 65);
	sys(__NR_setdomainname, name, -1);
	sys(__NR_futex, MEMORY, FUTEX_REQUEUE, 1, -1L, MEMORY);
	sys(__NR_mq_open, "name", 020000000, 0644, 0);
	sys(__NR_mq_open, "name", 0100, 0644, 0);
	sys(__NR_keyctl, KEYCTL_MOVE, 1, 2, 3, 1);
	sys(__NR_keyctl, KEYCTL_MOVE, 1, 2, 3, 2);
	sys(__NR_prctl, 70, 1, 2, 3, 4);
	sys(__NR_prctl, 71, 1, 2, 3, 4);
	sys(__NR_prctl, 72, 1, 2, 3, 4);
	sys(__NR_prctl, 73, 4, 2, 3, 4);
	sys(__NR_socketpair, 3, 1, 0x100000001L, MEMORY);
	sys(__NR_socket, 3, 1, 0x10000000fL);
	sys(__NR_sendmmsg, 3, END - 2 * 64, 40, 0);
	sys(__NR_restart_syscall);
	sys(__NR_restart_syscall);
}

int run(void)
{
#ifdef __i386__
	sys(__NR_mmap2, MEMORY, SIZE, 3, 0x32, -1, 0);
#else
	sys(__NR_mmap, MEMORY, SIZE, 3, 0x32, -1, 0);
#endif
	pretend(EPERM);
	lists();
	structures();
	words();
	return 0;
}
