/*
 * perf_event_open(2): the types of events, the flags, each size of the attributes.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include "pages.h"

static union {
	unsigned word[48];
	unsigned long long pair[24];
} attr __attribute__((aligned(8)));

static void fill(unsigned every, unsigned step, unsigned type, unsigned size)
{
	for (unsigned i = 0; i < COUNT(attr.word); i++)
		attr.word[i] = every + step * i;
	attr.word[0] = type;
	attr.word[1] = size;
}

static void opened(const void *event, word flags)
{
	sys(__NR_perf_event_open, event, 0, -1, -1, flags);
}

int run(void)
{
	char *edge = page_end();
	pretend(0);
	for (unsigned size = 0; size <= 160; size += 8) {
		fill(0, 0, 0, size);
		opened(&attr, 8);
	}
	for (unsigned type = 0; type < 8; type++) {
		fill(1, 1, type, 136);
		attr.pair[1] = type == 3 ? 0x10203 : type;
		opened(&attr, type);
		fill(-1, 0, type, 144);
		opened(&attr, -1);
	}
	for (unsigned bit = 0; bit < 64; bit += 3) {
		fill(0, 0, 0, 136);
		attr.pair[3] = attr.pair[4] = attr.pair[5] = attr.pair[9] = 1ULL << bit;
		opened(&attr, 0);
	}
	for (unsigned access = 0; access < 9; access++) {
		fill(0, 0, 5, 128);
		attr.word[13] = access;
		attr.pair[7] = 0x1000;
		attr.pair[8] = 4;
		opened(&attr, 0);
	}
	fill(0, 0, 4, 128);
	attr.word[27] = 7 << 16;
	attr.word[29] = 7;
	opened(&attr, 0);
	opened(NULL, 0);
	opened(edge, 0);
	opened(edge - 64, 0);
	return 0;
}
