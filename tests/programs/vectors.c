/*
 * Vectors of buffers: readv, writev and their relatives.
 *
 * run:
 * run short: -s 2
 * run dump: -e read=all -e write=all
 * run full: -v
 * run raw: -e raw=all
 */
#include "pages.h"
#include <linux/fcntl.h>
#include <linux/uio.h>

int run(void)
{
	char a[4], b[100];
	struct iovec in[] = { { a, sizeof(a) }, { b, sizeof(b) } };
	struct iovec out[] = { { "first", 5 }, { "second\n", 7 }, { "", 0 }, { "third", 5 } };
	struct iovec many[40];
	long fd = sys(__NR_open, "file", O_RDWR | O_CREAT, 0600);
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = (struct iovec){ "x", 1 };
	sys(__NR_writev, fd, out, 4);
	sys(__NR_writev, fd, many, 40);
	sys(__NR_writev, fd, out, 0);
	sys(__NR_writev, fd, NULL, 2);
	sys(__NR_writev, fd, at_end(page_end(), out, sizeof(out)), -1);
	sys(__NR_writev, 99, out, 2);
	sys(__NR_preadv, fd, in, 2, 0, 0);
	sys(__NR_preadv, fd, in, 2, 3, 0);
	sys(__NR_preadv2, fd, in, 1, 0, 0, 8);
	sys(__NR_preadv2, fd, in, 1, -1, -1, 0xff00);
	sys(__NR_pwritev, fd, out, 2, 1, 0);
	sys(__NR_pwritev2, fd, out, 2, 1, 0, 16);
	sys(__NR_pread64, fd, b, 7, 2, 0);
	sys(__NR_pwrite64, fd, "later", 5, 20, 0);
	sys(__NR_pread64, fd, b, 7, -1, -1);
	sys(__NR_lseek, fd, 0, 0);
	sys(__NR_readv, fd, in, 2);
	sys(__NR_readv, fd, in, 2);
	sys(__NR_readv, 99, in, 2);
	return 0;
}
