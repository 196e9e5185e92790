/*
 * Every call, without doing it. `fuzz NUMBER ROUNDS SEED ANSWER` makes one call again and again under a filter that
 * answers for the kernel, with boundary and random arguments, and random contents of the memory that they point to.
 * `cargo xtask fuzz` runs it for each call under strace and tracewell. The seed says all that happens; the runs below
 * are of call 5, which is fstat, or open under i386.
 *
 * run: -- ./fuzz 5 40 1 0
 * run failing: -v -- ./fuzz 5 20 2 14
 */
#include "pretend.h"
#include <linux/mman.h>

#define SIZE 4096
/* Below 4 GiB, so that it is the same for every personality; what follows it cannot be read. */
#define MEMORY 0x10000000UL

static unsigned long long state;

static unsigned random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state >> 16;
}

static word argument(void)
{
	switch (random() % 12) {
	case 0: return 0;
	case 1: return -1;
	case 2: return 1;
	case 3: return random() % 16;
	case 4: return random() % 256;
	case 5: return -100;
	case 6: return (word)1 << random() % (8 * sizeof(word));
	case 7: return MEMORY;
	case 8: return MEMORY + SIZE / 2;
	case 9: return MEMORY + random() % 64 * 8;
	case 10: return MEMORY + SIZE - 8 * (random() % 16);
	default: return (word)((unsigned long long)random() << 32 | random());
	}
}

static unsigned content(void)
{
	switch (random() % 7) {
	case 0: return 0;
	case 1: return -1;
	case 2: return random() % 4;
	case 3: return random() % 64;
	case 4: return 1U << random() % 32;
	case 5: return 0x2f617461; /* text */
	default: return random();
	}
}

static void fill(void)
{
	for (word *at = (word *)MEMORY; at < (word *)(MEMORY + SIZE); at++)
		*at = random() % 8 ? (word)((unsigned long long)content() << 32 | content()) : MEMORY + random() % 512 * 8;
	*(char *)(MEMORY + SIZE - 1) = 0;
}

static long number(const char *text)
{
	long value = 0;
	while (*text)
		value = 10 * value + *text++ - '0';
	return value;
}

int run(void)
{
	char **words = arguments();
	long call = number(words[1]), rounds = number(words[2]);
	state = 88172645463325252ULL + 7919 * number(words[3]) + 104729 * call;
#ifdef __i386__
	sys(__NR_mmap2, MEMORY, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | 0x20, -1, 0);
#else
	sys(__NR_mmap, MEMORY, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | 0x20, -1, 0);
#endif
	pretend(number(words[4]));
	while (rounds--) {
		fill();
		word a = argument(), b = argument(), c = argument(), d = argument(), e = argument(), f = argument();
		sys(call, a, b, c, d, e, f);
	}
	return 0;
}
