/*
 * System V and POSIX message queues, semaphores, shared memory; keys.
 *
 * run:
 * run names: -N
 * run raw: -X raw
 * run verbose: -X verbose
 * run dump: -e write=all
 */
#include "pretend.h"
#include <linux/ipc.h>
#include <linux/keyctl.h>
#include <linux/mqueue.h>

struct operation { unsigned short number; short change, flags; };

int run(void)
{
	struct operation operations[] = { { 0, -1, IPC_NOWAIT }, { 1, 2, 0x1000 } };
	struct { long type; char text[8]; } message = { 7, "message" };
	struct mq_attr attributes = { .mq_flags = 04000, .mq_maxmsg = 10, .mq_msgsize = 8 };
	unsigned priority = 5;
	pretend(ENOSYS);
	sys(__NR_msgget, 0, IPC_CREAT | 0600);
	sys(__NR_msgget, 0x1234, 0);
	sys(__NR_semget, 0, 3, IPC_CREAT | IPC_EXCL | 0640);
	sys(__NR_shmget, 0x1234, 4096, IPC_CREAT | 04000 | 0666);
	sys(__NR_msgsnd, 1, &message, 8, IPC_NOWAIT);
	sys(__NR_msgrcv, 1, &message, 8, -2, 010000);
	sys(__NR_msgctl, 1, IPC_RMID, NULL);
	sys(__NR_semctl, 1, 0, 16, 5);
	sys(__NR_semctl, 1, 0, IPC_RMID, 0);
	sys(__NR_shmat, 1, NULL, 010000);
	sys(__NR_shmctl, 1, IPC_RMID, NULL);
	sys(__NR_shmdt, NULL);
#ifdef __x86_64__
	sys(__NR_semop, 1, operations, 2);
	sys(__NR_semtimedop, 1, operations, 1, NULL);
#else
	sys(__NR_ipc, 1, 1, 2, 0, operations);
	sys(__NR_ipc, 23, 1, 2, 3, NULL);
	sys(__NR_ipc, 99, 1, 2, 3, 4, 5);
#endif
	sys(__NR_mq_open, "queue", 0102, 0600, &attributes);
	sys(__NR_mq_unlink, "queue");
	sys(__NR_mq_timedsend, 3, "text", 4, 5, NULL);
	sys(__NR_mq_timedreceive, 3, &message, 8, &priority, NULL);
	sys(__NR_mq_notify, 3, NULL);
	sys(__NR_mq_getsetattr, 3, &attributes, NULL);
	sys(__NR_add_key, "user", "description", "payload", 7, KEY_SPEC_SESSION_KEYRING);
	sys(__NR_request_key, "user", "description", "callout", KEY_SPEC_USER_KEYRING);
	sys(__NR_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 0);
	sys(__NR_keyctl, KEYCTL_SETPERM, 1, 0x3f3f0000);
	sys(__NR_keyctl, 999, 1, 2, 3, 4);
	return 0;
}
