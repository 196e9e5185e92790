/*
 * Data that the kernel moves: sendfile, copy_file_range, splice, tee, vmsplice.
 *
 * run:
 * run dump: -e read=all -e write=all
 */
#include "pages.h"
#include "pretend.h"
#include <linux/uio.h>

int run(void)
{
	long offset = 10;
	long long in = 1, out = -2;
	struct iovec pieces[] = { { "one", 3 }, { "twotwo", 6 }, { NULL, 7 } };
	void *last = at_end(page_end(), pieces, sizeof(pieces));
	pretend(EINVAL);
	sys(__NR_sendfile, 1, 3, NULL, 100);
	sys(__NR_sendfile, 1, 3, &offset, 100);
#ifdef __i386__
	sys(__NR_sendfile64, 1, 3, &in, 100);
#endif
	sys(__NR_copy_file_range, 3, &in, 4, &out, 1000, 0);
	sys(__NR_copy_file_range, 3, NULL, 4, NULL, -1, 5);
	sys(__NR_splice, 3, &in, 4, NULL, 4096, 15);
	sys(__NR_splice, 3, NULL, 4, 1, 4096, 16);
	sys(__NR_tee, 3, 4, 77, 2);
	sys(__NR_vmsplice, 4, pieces, 3, 8);
	sys(__NR_vmsplice, 4, last, -1, 0);
	return 0;
}
