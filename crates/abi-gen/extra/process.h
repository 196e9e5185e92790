/* What scheduling calls define in manuals only. */
#pragma once

#define SCHED_OTHER 0

struct sched_param {
	int sched_priority;
};

/* What pidfd_open(2) takes beside the flags of linux/pidfd.h: O_TRUNC under another name. */
#define PIDFD_AUTOKILL 01000

/* What the first mmap(2) of i386 takes. */
struct mmap_arg_struct {
	unsigned long addr;
	unsigned long len;
	unsigned long prot;
	unsigned long flags;
	unsigned long fd;
	unsigned long offset;
};

/* What /proc/sys/fs/suid_dumpable and PR_SET_DUMPABLE mean (proc_sys_fs(5)). */
#define SUID_DUMP_DISABLE 0
#define SUID_DUMP_USER 1
#define SUID_DUMP_ROOT 2

/* What PR_SCHED_CORE applies to (Documentation/admin-guide/hw-vuln/core-scheduling.rst). */
#define PIDTYPE_PID 0
#define PIDTYPE_TGID 1
#define PIDTYPE_PGID 2
#define PIDTYPE_SID 3

/* What ptrace(2) calls PTRACE_PEEKUSR and PTRACE_POKEUSR. */
#define PTRACE_PEEKUSER 3
#define PTRACE_POKEUSER 6

/* Reserved, says linux/sched.h, and not implemented. */
#define SCHED_ISO 4
