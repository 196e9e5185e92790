/*
 * quotactl, each operation.
 *
 * run:
 * run full: -v
 */
#include "pretend.h"
#include <linux/dqblk_xfs.h>
#include <linux/quota.h>

#define COMMAND(operation, type) ((operation) << 8 | (type))

int run(void)
{
	struct if_nextdqblk limits = { .dqb_bhardlimit = 1, .dqb_bsoftlimit = 2, .dqb_curspace = 3, .dqb_valid = 5, .dqb_id = 7 };
	struct if_dqinfo info = { .dqi_bgrace = 1, .dqi_igrace = 2, .dqi_flags = 1, .dqi_valid = 7 };
	struct fs_disk_quota disk = { .d_version = 1, .d_flags = 2, .d_id = 5, .d_bwarns = 6 };
	struct fs_quota_statv state = { .qs_version = 1, .qs_flags = 3, .qs_uquota = { 1, 2, 3 } };
	unsigned format = QFMT_VFS_V0;
	pretend(0);
	sys(__NR_quotactl, COMMAND(Q_SYNC, USRQUOTA), NULL, 5, 6);
	sys(__NR_quotactl, COMMAND(Q_QUOTAON, GRPQUOTA), "/dev/sda", QFMT_VFS_V1, "/aquota");
	sys(__NR_quotactl, COMMAND(Q_QUOTAOFF, PRJQUOTA), "/dev/sda", 0, 0);
	sys(__NR_quotactl, COMMAND(Q_GETFMT, USRQUOTA), "/dev/sda", 0, &format);
	sys(__NR_quotactl, COMMAND(Q_GETINFO, USRQUOTA), "/dev/sda", 0, &info);
	sys(__NR_quotactl, COMMAND(Q_GETQUOTA, USRQUOTA), "/dev/sda", 1000, &limits);
	sys(__NR_quotactl, COMMAND(Q_GETNEXTQUOTA, USRQUOTA), "/dev/sda", -1, &limits);
	sys(__NR_quotactl, COMMAND(Q_XQUOTAON, USRQUOTA), "/dev/sda", 0, &format);
	sys(__NR_quotactl, COMMAND(Q_XGETQUOTA, USRQUOTA), "/dev/sda", 5, &disk);
	sys(__NR_quotactl, COMMAND(Q_XGETQSTATV, USRQUOTA), "/dev/sda", 0, &state);
	sys(__NR_quotactl, COMMAND(Q_XQUOTASYNC, USRQUOTA), "/dev/sda", 0, NULL);
	sys(__NR_quotactl, 0x100, "/dev/sda", -5, 4);
	sys(__NR_quotactl, -1, "/dev/sda", -5, NULL);
	sys(443, 3, COMMAND(Q_SETQUOTA, USRQUOTA), 5, &limits);
	return 0;
}
