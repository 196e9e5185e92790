/*
 * bpf(2): every command with each size of its attributes, empty and full, and the forms of a link. The commands and
 * the layout are given by number, because old headers lack the newer ones.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include "pages.h"

enum { MAP_CREATE, MAP_LOOKUP, MAP_UPDATE, PROG_LOAD = 5, PROG_ATTACH = 8, PROG_QUERY = 16, BTF_LOAD = 18,
	LINK_CREATE = 28, AFTER_LAST = 39 };

static union {
	unsigned word[64];
	unsigned long long pair[32];
	char bytes[256];
} attr __attribute__((aligned(8)));

static void fill(unsigned every, unsigned step)
{
	for (unsigned i = 0; i < COUNT(attr.word); i++)
		attr.word[i] = every + step * i;
}

static unsigned long long at(const void *place)
{
	return (word)place;
}

static void every_command(void)
{
	for (int command = MAP_CREATE; command <= AFTER_LAST; command++) {
		fill(0, 0);
		sys(__NR_bpf, command, &attr, 168);
		fill(1, 1);
		sys(__NR_bpf, command, &attr, 168);
		fill(-1, 0);
		sys(__NR_bpf, command, &attr, 180);
		fill(0, 0);
		sys(__NR_bpf, command, &attr, 8);
	}
}

static void every_size(void)
{
	fill(0, 0);
	for (int size = 4; size <= 172; size += 8) {
		sys(__NR_bpf, MAP_CREATE, &attr, size);
		sys(__NR_bpf, PROG_LOAD, &attr, size);
	}
	for (int size = 8; size <= 72; size += 8) {
		sys(__NR_bpf, PROG_ATTACH, &attr, size);
		sys(__NR_bpf, PROG_QUERY, &attr, size);
		sys(__NR_bpf, BTF_LOAD, &attr, size);
	}
}

/* What links have to say of each type of attachment, with a place among others and without. */
static void every_link(void)
{
	for (unsigned type = 0; type < 64; type++) {
		fill(1, 1);
		attr.word[1] = 0xffffff;
		attr.word[2] = type;
		attr.word[3] = type % 2 ? 1 << 3 : 1 << 5;
		sys(__NR_bpf, LINK_CREATE, &attr, 64);
	}
}

static void programs(void)
{
	static const unsigned char code[] = {
		0xb7, 0x21, 0xfd, 0xff, 4, 0, 0, 0, 0x18, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
		0xdb, 0x0a, 0xf8, 0xff, 0, 0, 0, 0, 0x06, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0,
	};
	fill(0, 0);
	attr.word[0] = 5;
	attr.word[1] = sizeof(code) / 8;
	attr.pair[1] = at(code);
	attr.pair[2] = at("GPL");
	attr.word[6] = 1;
	attr.word[7] = 5;
	attr.pair[4] = at("longer than it says");
	attr.word[10] = 0x60102;
	sys(__NR_bpf, PROG_LOAD, &attr, 128);
	attr.word[1] = 0;
	sys(__NR_bpf, PROG_LOAD, &attr, 48);
}

static void lists(void)
{
	static const unsigned ids[] = { 7, 8, 9 };
	static const unsigned long long cookies[] = { 1, 2, 0x300000000 };
	fill(0, 0);
	attr.word[1] = 38;
	attr.pair[2] = at(ids);
	attr.word[6] = COUNT(ids);
	attr.pair[4] = attr.pair[5] = attr.pair[6] = at(ids);
	sys(__NR_bpf, PROG_QUERY, &attr, 64);
	fill(0, 0);
	attr.word[2] = 42;
	attr.word[5] = COUNT(cookies);
	attr.pair[3] = attr.pair[4] = at(cookies);
	sys(__NR_bpf, LINK_CREATE, &attr, 48);
	fill(0, 0);
	attr.word[2] = 48;
	attr.pair[2] = at("/usr/bin/true");
	attr.pair[3] = at(cookies);
	attr.word[12] = 2;
	attr.word[14] = -1;
	attr.word[15] = -100;
	sys(__NR_bpf, LINK_CREATE, &attr, 64);
	fill(0, 0);
	attr.word[2] = 28;
	attr.pair[2] = at(ids);
	attr.word[6] = COUNT(ids);
	sys(__NR_bpf, LINK_CREATE, &attr, 64);
}

int run(void)
{
	char *edge = page_end();
	pretend(0);
	every_command();
	every_size();
	every_link();
	programs();
	lists();
	fill(0, 0);
	sys(__NR_bpf, MAP_CREATE, NULL, 72);
	sys(__NR_bpf, MAP_CREATE, edge - 72, 72);
	sys(__NR_bpf, MAP_CREATE, edge, 72);
	sys(__NR_bpf, MAP_CREATE, &attr, 5000);
	sys(__NR_bpf, 1 << 16, &attr, 168);
	return 0;
}
