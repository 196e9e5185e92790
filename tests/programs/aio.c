/*
 * aio: control blocks of every command, events.
 *
 * run:
 * run raw: -X raw
 */
#include "pretend.h"
#include <linux/aio_abi.h>
#include <linux/uio.h>

int run(void)
{
	struct iovec vector = { "vector", 6 };
	struct iocb read = { .aio_data = 5, .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = 3, .aio_buf = 0x1000,
		.aio_nbytes = 10, .aio_offset = -1, .aio_flags = IOCB_FLAG_RESFD, .aio_resfd = 4 };
	struct iocb write = { .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_reqprio = 2, .aio_fildes = 3,
		.aio_buf = (word) "data", .aio_nbytes = 4, .aio_rw_flags = 3 };
	struct iocb vectors = { .aio_lio_opcode = IOCB_CMD_PWRITEV, .aio_fildes = 3, .aio_buf = (word)&vector,
		.aio_nbytes = 1, .aio_reqprio = 0x4003, .aio_flags = IOCB_FLAG_IOPRIO };
	struct iocb wait = { .aio_lio_opcode = IOCB_CMD_POLL, .aio_fildes = 3, .aio_buf = 5 };
	struct iocb sync = { .aio_lio_opcode = IOCB_CMD_FSYNC, .aio_fildes = 3, .aio_key = 9 };
	struct iocb unknown = { .aio_lio_opcode = 77, .aio_fildes = -1 };
	struct iocb *list[] = { &read, &write, &vectors, &wait, &sync, &unknown, NULL };
	aio_context_t context = 0;
	word time[2] = { 5, 6 };
	pretend(0);
	sys(__NR_io_setup, 8, &context);
	sys(__NR_io_submit, 0x1234, COUNT(list), list);
	sys(__NR_io_submit, 0x1234, 0, list);
	sys(__NR_io_submit, 0, -1, NULL);
	sys(__NR_io_cancel, 0x1234, &read, NULL);
	sys(__NR_io_getevents, 0x1234, 1, 2, list, time);
	sys(__NR_io_destroy, 0x1234);
	return 0;
}
