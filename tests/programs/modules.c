/*
 * Kernels to be loaded, security modules, namespaces, and calls without arguments.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include "pages.h"

/* Numbers of calls that old headers lack; they are the same everywhere. */
enum { LSM_GET = 459, LSM_SET, LSM_LIST, LISTNS = 470, SLICE_YIELD };

static void kernels(char *edge)
{
	word *segment = (word *)(edge - 8 * sizeof(word));
	for (int i = 0; i < 8; i++)
		segment[i] = 0x1000 * i + 1;
	sys(__NR_kexec_load, 0x9abcdef0, 2, segment, 0);
	sys(__NR_kexec_load, 1, 1, segment, 62 << 16 | 1);
	sys(__NR_kexec_load, 1, 3, segment, 0xffffffff);
	sys(__NR_kexec_load, 1, 0, segment, 0x9abcdef0);
	sys(__NR_kexec_load, 1, 17, segment, 0x10000);
	sys(__NR_kexec_load, 1, 2, NULL, 3 << 16);
	sys(__NR_kexec_load, 1, 2, edge, 40 << 16 | 14);
#ifdef __NR_kexec_file_load
	memcpy(edge - 20, "console=ttyS0 quiet", 20);
	sys(__NR_kexec_file_load, 3, 4, 20, edge - 20, 7);
	sys(__NR_kexec_file_load, 3, 4, 21, edge, 0xf0);
	sys(__NR_kexec_file_load, -1, -1, 0, edge - 20, -1);
	sys(__NR_kexec_file_load, -1, -1, 7, NULL, 0);
#endif
}

struct context {
	unsigned long long id, flags, size, length;
	char text[8];
};

static void security(char *edge)
{
	struct context *context = (struct context *)(edge - 2 * sizeof(*context));
	unsigned *size = (unsigned *)((char *)context - 4);
	context[0] = (struct context){ 104, 0, 40, 8, "example" };
	context[1] = (struct context){ 105, 1, 32, 0, "" };
	*size = 72;
	for (int attribute = 98; attribute < 107; attribute++)
		sys(LSM_GET, attribute, context, size, 0);
	sys(LSM_GET, 100, context, size, 1);
	sys(LSM_GET, 100, context, edge, 3);
	sys(LSM_GET, 100, NULL, NULL, 0xf0);
	*size = 50;
	sys(LSM_GET, 100, context, size, 0);
	*size = 16;
	sys(LSM_GET, 100, context, size, 0);
	for (int bytes = 31; bytes < 42; bytes++)
		sys(LSM_SET, 101, context, bytes, 0);
	context->length = 80;
	sys(LSM_SET, 101, context, 40, 1);
	sys(LSM_SET, 101, edge, 40, -1);
	sys(LSM_LIST, context, size, 0);
	sys(LSM_LIST, NULL, edge, 1);
}

struct request {
	unsigned size, spare;
	unsigned long long id;
	unsigned type, spare2;
	unsigned long long owner;
};

static void namespaces(char *edge)
{
	struct request *request = (struct request *)(edge - sizeof(*request));
	*request = (struct request){ 32, 0, 0x1234, 0x20000, 0, 5 };
	sys(LISTNS, request, request, 4, 0);
	request->size = 40;
	sys(LISTNS, request, request, 4, 1);
	*request = (struct request){ 32, 3, -1, -1, 4, -1 };
	sys(LISTNS, request, request, 4, 0);
	request->size = 24;
	sys(LISTNS, request, request, 4, 0);
	sys(LISTNS, NULL, NULL, -1, -1);
}

int run(void)
{
	char *edge = page_end();
	pretend(0);
	kernels(edge);
	security(edge);
	namespaces(edge);
	sys(SLICE_YIELD, 1, 2, 3);
#ifdef __i386__
	sys(__NR_olduname, edge - 8);
	sys(__NR_oldolduname, NULL);
	sys(__NR_break, 1);
#endif
	return 0;
}
