/* Signals held back, so that they come where the program says. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "bare.h"
#include <asm/signal.h>

#define MASK(signal) (1ull << ((signal) - 1))

/* The kernel's own structure, as rt_sigaction(2) takes it. */
struct action {
	void *handler;
	unsigned long flags;
	void (*restorer)(void);
	unsigned long long mask;
} __attribute__((packed));

static inline void block(int signal)
{
	unsigned long long mask = MASK(signal);
	sys(__NR_rt_sigprocmask, SIG_BLOCK, &mask, NULL, 8);
}

static inline void unblock(int signal)
{
	unsigned long long mask = MASK(signal);
	sys(__NR_rt_sigprocmask, SIG_UNBLOCK, &mask, NULL, 8);
}

/* Lets one pending signal in. */
static inline void deliver(int signal)
{
	unblock(signal);
	block(signal);
}

#endif
