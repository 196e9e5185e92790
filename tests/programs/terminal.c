/*
 * ioctls of terminals and files.
 *
 * run:
 * run names: -N
 * run full: -v
 * run raw: -e raw=ioctl
 */
#include "pretend.h"
#include <asm/termbits.h>
#include <linux/fs.h>
#include <asm/ioctls.h>

int run(void)
{
	struct termios settings = { .c_iflag = 0x500, .c_oflag = 5, .c_cflag = 0xbf, .c_lflag = 0x8a3b,
		.c_cc = { 3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22 } };
	unsigned short size[4] = { 24, 80, 640, 480 };
	int number = 5;
	unsigned long long size_of_disk = 1ull << 40;
	sys(__NR_ioctl, 0, TCGETS, &settings);
	sys(__NR_ioctl, 0, 0x12345678, 9);
	pretend(0);
	sys(__NR_ioctl, 0, TCGETS, &settings);
	sys(__NR_ioctl, 0, TCSETS, &settings);
	sys(__NR_ioctl, 0, TCSETSW, &settings);
	sys(__NR_ioctl, 0, TIOCGWINSZ, size);
	sys(__NR_ioctl, 0, TIOCSWINSZ, size);
	sys(__NR_ioctl, 0, TIOCGPGRP, &number);
	sys(__NR_ioctl, 0, TIOCSPGRP, &number);
	sys(__NR_ioctl, 0, TIOCSCTTY, 1);
	sys(__NR_ioctl, 0, TIOCNOTTY);
	sys(__NR_ioctl, 0, TCFLSH, 2);
	sys(__NR_ioctl, 0, TCXONC, 1);
	sys(__NR_ioctl, 0, TCSBRK, 1);
	sys(__NR_ioctl, 0, FIONREAD, &number);
	sys(__NR_ioctl, 0, FIONBIO, &number);
	sys(__NR_ioctl, 0, FIOCLEX);
	sys(__NR_ioctl, 0, FIONCLEX);
	sys(__NR_ioctl, 0, FICLONE, 4);
	sys(__NR_ioctl, 0, BLKGETSIZE64, &size_of_disk);
	sys(__NR_ioctl, 0, TIOCGWINSZ, NULL);
	sys(__NR_ioctl, -1, 0xffffffff, -1);
	return 0;
}
