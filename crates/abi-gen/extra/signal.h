/* The form in which rt_sigaction(2) takes an action; the headers have that of the C library. */
#pragma once
#include <asm/signal.h>
#undef SIG_DFL
#undef SIG_IGN
#undef SIG_ERR
#undef sa_handler
#undef sa_sigaction

/* In the headers until 2.5; has no effect. */
#define SA_INTERRUPT 0x20000000

struct kernel_sigaction {
	void *sa_handler;
	unsigned long sa_flags;
	void *sa_restorer;
	unsigned long sa_mask[8 / sizeof(unsigned long)];
};

struct old_kernel_sigaction {
	void *sa_handler;
	unsigned long sa_mask;
	unsigned long sa_flags;
	void *sa_restorer;
};

/* As numbers: the headers have them as pointers to functions. */
#define SIG_DFL 0
#define SIG_IGN 1
#define SIG_ERR (-1L)
