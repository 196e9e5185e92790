/*
 * Children that signals kill, and one that a seccomp filter kills.
 *
 * run: -f
 * run quiet: -f -qqq
 * run raw: -f -X raw
 * run verbose: -f -X verbose
 */
#include "signals.h"
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

static void forbid(int call, unsigned what)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, what),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { COUNT(code), code };
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1);
	sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void wait_for_child(void)
{
	int status;
	sys(__NR_wait4, -1, &status, 0, NULL);
	deliver(SIGCHLD);
}

int run(void)
{
	static const int signals[] = { SIGHUP, SIGKILL, SIGTERM, SIGUSR2, 64, SIGABRT };
	block(SIGCHLD);
	for (size_t i = 0; i < COUNT(signals); i++) {
		if (sys(__NR_fork) == 0) {
			sys(__NR_kill, sys(__NR_getpid), signals[i]);
			quit(0);
		}
		wait_for_child();
	}
	if (sys(__NR_fork) == 0) {
		forbid(__NR_getsid, SECCOMP_RET_KILL_PROCESS);
		sys(__NR_getsid, 0);
	}
	wait_for_child();
	if (sys(__NR_fork) == 0) {
		forbid(__NR_getsid, SECCOMP_RET_TRAP | 5);
		sys(__NR_getsid, 0);
	}
	wait_for_child();
	return 0;
}
