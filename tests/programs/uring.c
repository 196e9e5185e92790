/*
 * io_uring: rings made, entered, told of buffers and descriptors.
 *
 * run:
 */
#include "pretend.h"
#include <linux/io_uring.h>
#include <linux/uio.h>

int run(void)
{
	struct io_uring_params parameters = { .flags = IORING_SETUP_SQPOLL | IORING_SETUP_ATTACH_WQ, .sq_thread_cpu = 1,
		.sq_thread_idle = 2, .wq_fd = 7, .sq_entries = 8, .cq_entries = 16, .features = 3, .resv = { 0, 1, 0 } };
	struct iovec buffers[] = { { (void *)0x1000, 5 }, { NULL, 0 } };
	int descriptors[] = { 3, -1, IORING_REGISTER_FILES_SKIP };
	unsigned long long tags[] = { 5, 6, 7 };
	struct io_uring_rsrc_register files = { .nr = 3, .data = (word)descriptors, .tags = (word)tags };
	struct io_uring_rsrc_update2 update = { .offset = 2, .data = (word)buffers, .tags = (word)tags, .nr = 2 };
	struct io_uring_restriction restrictions[] = { { .opcode = IORING_RESTRICTION_REGISTER_OP, .register_op = 3 },
		{ .opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_READV, .resv = 1 },
		{ .opcode = IORING_RESTRICTION_SQE_FLAGS_ALLOWED, .sqe_flags = 5 } };
	unsigned long long signals = 1ull << 12;
	pretend(0);
	sys(__NR_io_uring_setup, 8, &parameters);
	sys(__NR_io_uring_enter, 3, 1, 2, IORING_ENTER_GETEVENTS, &signals, 8);
	sys(__NR_io_uring_enter, 3, 1, 2, IORING_ENTER_EXT_ARG, NULL, 24);
	sys(__NR_io_uring_register, 3, IORING_REGISTER_BUFFERS, buffers, 2);
	sys(__NR_io_uring_register, 3, IORING_UNREGISTER_BUFFERS, NULL, 0);
	sys(__NR_io_uring_register, 3, IORING_REGISTER_FILES, descriptors, 2);
	sys(__NR_io_uring_register, 3, IORING_REGISTER_EVENTFD, descriptors, 1);
	sys(__NR_io_uring_register, 3, IORING_REGISTER_FILES2, &files, sizeof(files));
	sys(__NR_io_uring_register, 3, IORING_REGISTER_BUFFERS_UPDATE, &update, sizeof(update));
	sys(__NR_io_uring_register, 3, IORING_REGISTER_BUFFERS_UPDATE, &update, 5);
	sys(__NR_io_uring_register, 3, IORING_REGISTER_RESTRICTIONS, restrictions, 3);
	sys(__NR_io_uring_register, 3, 0x800000ff, 0x1000, 1);
	return 0;
}
