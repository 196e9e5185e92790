/*
 * Who a process is: ids, groups, sessions, capabilities.
 *
 * run:
 * run raw: -X raw
 * run verbose: -X verbose
 */
#include "pretend.h"
#include <linux/capability.h>

int run(void)
{
	unsigned ids[3] = { 1, 2, 3 };
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { 0xffffffff, 1 << CAP_CHOWN, 0 }, { 0x1ff, 0, 1 } };
	pretend(0);
	sys(__NR_getpid);
	sys(__NR_getppid);
	sys(__NR_gettid);
	sys(__NR_getuid);
	sys(__NR_geteuid);
	sys(__NR_getgid);
	sys(__NR_getegid);
	sys(__NR_setuid, 1000);
	sys(__NR_setgid, -1);
	sys(__NR_setreuid, -1, 5);
	sys(__NR_setregid, 6, -1);
	sys(__NR_setresuid, -1, 7, 8);
	sys(__NR_setresgid, 9, -1, -1);
	sys(__NR_getresuid, &ids[0], &ids[1], &ids[2]);
	sys(__NR_getresgid, &ids[0], NULL, 1);
	sys(__NR_setfsuid, 10);
	sys(__NR_setfsgid, -1);
	sys(__NR_getgroups, 0, NULL);
	sys(__NR_getgroups, 3, ids);
	sys(__NR_setgroups, 3, ids);
	sys(__NR_setgroups, 0, NULL);
	sys(__NR_setpgid, 0, 0);
	sys(__NR_getpgid, 0);
	sys(__NR_getpgrp);
	sys(__NR_setsid);
	sys(__NR_getsid, 0);
	sys(__NR_capget, &header, NULL);
	sys(__NR_capget, &header, data);
	sys(__NR_capset, &header, data);
	header.version = 0x12345678;
	sys(__NR_capset, &header, data);
	sys(__NR_capget, NULL, data);
	sys(__NR_vhangup);
#ifdef __i386__
	unsigned short old[2] = { 1, 65535 };
	sys(__NR_getuid32);
	sys(__NR_setuid32, 70000);
	sys(__NR_setgroups32, 3, ids);
	sys(__NR_setgroups, 2, old);
	sys(__NR_getresuid32, &ids[0], &ids[1], &ids[2]);
	sys(__NR_chown32, "file", 70000, -1);
#endif
	return 0;
}
