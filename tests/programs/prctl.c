/*
 * prctl: each kind of operation, with good and bad arguments.
 *
 * run:
 * run names: -N
 * run raw: -v -X raw
 * run verbose: -v -X verbose
 * run short: -s 4
 */
#include "pretend.h"
#include <linux/prctl.h>

int run(void)
{
	int number = 3;
	char name[16] = "sixteen bytes..";
	sys(__NR_prctl, PR_SET_NAME, "a name that is longer than that", 0, 0, 0);
	sys(__NR_prctl, PR_GET_NAME, name);
	sys(__NR_prctl, 0x7777, 1, 2, 3, 4);
	pretend(0);
	sys(__NR_prctl, PR_SET_PDEATHSIG, 9);
	sys(__NR_prctl, PR_GET_PDEATHSIG, &number);
	sys(__NR_prctl, PR_GET_DUMPABLE);
	sys(__NR_prctl, PR_SET_DUMPABLE, 1);
	sys(__NR_prctl, PR_SET_DUMPABLE, 7);
	sys(__NR_prctl, PR_SET_KEEPCAPS, 1);
	sys(__NR_prctl, PR_SET_NAME, NULL);
	sys(__NR_prctl, PR_CAPBSET_READ, 21);
	sys(__NR_prctl, PR_CAPBSET_DROP, 99);
	sys(__NR_prctl, PR_SET_SECUREBITS, 0x3f);
	sys(__NR_prctl, PR_GET_SECUREBITS);
	sys(__NR_prctl, PR_SET_TIMERSLACK, 50000);
	sys(__NR_prctl, PR_GET_TIMERSLACK);
	sys(__NR_prctl, PR_SET_CHILD_SUBREAPER, 1);
	sys(__NR_prctl, PR_GET_CHILD_SUBREAPER, &number);
	sys(__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	sys(__NR_prctl, PR_GET_TID_ADDRESS, &number);
	sys(__NR_prctl, PR_SET_THP_DISABLE, 1, 0, 0, 0);
	sys(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 12, 0, 0);
	sys(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	sys(__NR_prctl, PR_SET_MM, PR_SET_MM_BRK, 0x1000, 0, 0);
	sys(__NR_prctl, PR_SET_VMA, PR_SET_VMA_ANON_NAME, 0x1000, 0x2000, "heap");
	sys(__NR_prctl, PR_SET_PTRACER, -1l);
	sys(__NR_prctl, PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_EARLY, 0, 0);
	sys(__NR_prctl, PR_SET_TSC, PR_TSC_SIGSEGV);
	sys(__NR_prctl, PR_GET_TSC, &number);
	sys(__NR_prctl, PR_SET_UNALIGN, 3);
	sys(__NR_prctl, PR_GET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, 0, 0, 0);
	sys(__NR_prctl, PR_SET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, PR_SPEC_DISABLE, 0, 0);
	sys(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, 1, 2, 3, 4);
	sys(__NR_prctl, PR_SCHED_CORE, PR_SCHED_CORE_CREATE, 0, 1, NULL);
	return 0;
}
