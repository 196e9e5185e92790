/*
 * The machine and the personality: uname, sysinfo, arch_prctl and the like.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include <asm/prctl.h>
#include <linux/sysinfo.h>
#include <linux/utsname.h>

int run(void)
{
	struct new_utsname names = { "Linux", "host", "6.1.0", "#1 SMP", "machine", "domain" };
	struct sysinfo state = { .uptime = 100, .loads = { 65536, 2, 3 }, .totalram = 1000, .freeram = 10, .procs = 7, .mem_unit = 4096 };
	char bytes[8] = "entropy";
	word base = 0x1234;
	static word area[8] __attribute__((aligned(32)));
	sys(__NR_getrandom, bytes, 0, 0);
	pretend(0);
	sys(__NR_uname, &names);
	sys(__NR_uname, NULL);
	sys(__NR_sysinfo, &state);
	sys(__NR_arch_prctl, ARCH_SET_FS, 0x1000);
	sys(__NR_arch_prctl, ARCH_GET_FS, &base);
	sys(__NR_arch_prctl, 0x3001, &base);
	sys(__NR_arch_prctl, 0x7777, 1);
	sys(__NR_personality, -1);
	sys(__NR_personality, 0x0040000);
	sys(__NR_personality, 0x8);
	sys(__NR_getrandom, bytes, 8, 3);
	sys(__NR_getrandom, NULL, 8, 0xff);
	sys(__NR_syslog, 10, bytes, 8);
	sys(__NR_set_tid_address, &base);
	sys(__NR_set_robust_list, &base, 24);
	sys(__NR_get_robust_list, 0, &base, &base);
	sys(__NR_rseq, area, 32, 0, 0x53053053);
	sys(__NR_rseq, NULL, 32, 1, 0);
	sys(__NR_restart_syscall);
	sys(__NR_iopl, 3);
	sys(__NR_ioperm, 0x80, 1, 1);
	sys(__NR_modify_ldt, 0, bytes, 8);
	sys(__NR_init_module, bytes, 8, "option=1");
	sys(__NR_finit_module, 3, "", 3);
	sys(__NR_delete_module, "module", 0x800);
	sys(__NR_kexec_load, 1, 0, NULL, 0);
	sys(__NR_seccomp, 0, 0, NULL);
	sys(__NR_seccomp, 2, 0, &base);
	sys(__NR_kcmp, 1, 2, 3, 4, 5);
	sys(__NR_unshare, 0x7e020f00);
	sys(__NR_setns, 3, 0x10000000);
	sys(1000, 1, 2, 3, 4, 5, 6);
	sys(-1, 1, 2, 3, 4, 5, 6);
	return 0;
}
