/*
 * Signal handlers and masks.
 *
 * run:
 * run closed: -e verbose=none
 * run verbose: -X verbose
 */
#include "signals.h"

static void handler(int signal)
{
	(void)signal;
}

__asm__(
#ifdef __i386__
	".globl restorer\nrestorer:\n\tmov $173, %eax\n\tint $0x80\n"
#else
	".globl restorer\nrestorer:\n\tmov $15, %eax\n\tsyscall\n"
#endif
);
void restorer(void);

int run(void)
{
	unsigned long long mask = MASK(SIGINT) | MASK(SIGRTMIN) | MASK(64), all = ~0ull, most = ~MASK(SIGUSR1), old = 0, pending;
	struct action action = { handler, SA_RESTORER | SA_RESTART | SA_NODEFER, restorer, MASK(SIGQUIT) | MASK(35) }, before;
	struct { void *stack; int flags; unsigned long size; } other_stack = { (void *)0x1000, 0, 65536 }, disabled = { NULL, 2, 0 };
	struct { long seconds, nanoseconds; } zero = { 0, 0 };
	sys(__NR_rt_sigprocmask, SIG_SETMASK, &mask, &old, 8);
	sys(__NR_rt_sigprocmask, SIG_BLOCK, &all, &old, 8);
	sys(__NR_rt_sigprocmask, SIG_UNBLOCK, &most, &old, 8);
	sys(__NR_rt_sigprocmask, SIG_BLOCK, NULL, &old, 8);
	sys(__NR_rt_sigprocmask, 77, &mask, NULL, 8);
	sys(__NR_rt_sigprocmask, SIG_BLOCK, &mask, NULL, 4);
	sys(__NR_rt_sigaction, SIGUSR1, &action, &before, 8);
	sys(__NR_rt_sigaction, SIGUSR1, NULL, &before, 8);
	sys(__NR_rt_sigaction, SIGKILL, &action, NULL, 8);
	sys(__NR_rt_sigaction, 99, NULL, NULL, 8);
	action.handler = SIG_IGN;
	action.flags = SA_RESTORER | SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NOCLDSTOP | SA_NOCLDWAIT | 0x800;
	action.mask = ~0ull;
	sys(__NR_rt_sigaction, 34, &action, NULL, 8);
	action.handler = SIG_DFL;
	action.flags = 0;
	action.mask = 0;
	sys(__NR_rt_sigaction, 34, &action, &before, 8);
	sys(__NR_sigaltstack, &other_stack, NULL);
	sys(__NR_sigaltstack, &disabled, &other_stack);
	sys(__NR_sigaltstack, NULL, &other_stack);
	sys(__NR_kill, sys(__NR_getpid), SIGUSR1);
	unblock(SIGUSR1);
	block(SIGUSR1);
	sys(__NR_kill, sys(__NR_getpid), SIGUSR1);
	sys(__NR_rt_sigpending, &pending, 8);
	sys(__NR_rt_sigsuspend, &(unsigned long long){ 0 }, 8);
	sys(__NR_rt_sigtimedwait, &mask, NULL, &zero, 8);
	sys(__NR_signalfd4, -1, &mask, 8, 04000 | 02000000);
	sys(__NR_signalfd, -1, &mask, 8);
	return 0;
}
