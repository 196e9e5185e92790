/*
 * Makes calls harmless: a seccomp filter answers for the kernel, so that any call can be made with
 * any arguments, by anybody, on any kernel. An answer of 0 is success, and what the call would have
 * written is whatever the program put there.
 */
#ifndef PRETEND_H
#define PRETEND_H

#include "bare.h"
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

/* From now on every call but exit_group gets this answer: 0, or a positive errno. */
static inline void pretend(unsigned answer)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | answer),
	};
	struct sock_fprog program = { COUNT(code), code };
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1);
	if (sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		quit(99);
}

/* As pretend, but only for one call. */
static inline void pretend_for(int call, unsigned answer)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | answer),
	};
	struct sock_fprog program = { COUNT(code), code };
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1);
	if (sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		quit(99);
}

#endif
