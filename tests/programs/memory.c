/*
 * Memory: mapped, protected, advised, moved.
 *
 * run:
 * run names: -N
 * run paths: -y
 * run closed: -e verbose=none
 */
#include "pages.h"
#include "pretend.h"
#include <linux/fcntl.h>
#include <linux/mempolicy.h>

#ifdef __i386__
#define MMAP __NR_mmap2
#else
#define MMAP __NR_mmap
#endif

int run(void)
{
	unsigned char present[2] = { 9, 9 };
	unsigned long nodes[1] = { 1 };
	long fd = sys(__NR_open, "file", O_RDWR | O_CREAT, 0600);
	sys(__NR_ftruncate, fd, 2 * PAGE);
	long brk = sys(__NR_brk, 0);
	sys(__NR_brk, brk + PAGE);
	long map = sys(MMAP, NULL, 2 * PAGE, 3, MAP_PRIVATE | 0x20, -1, 0);
	sys(MMAP, NULL, PAGE, 1, MAP_SHARED, fd, 0);
	sys(MMAP, map, PAGE, 0, MAP_PRIVATE | MAP_FIXED | 0x20 | 0x4000, -1, 0);
	sys(MMAP, 0x20000000, PAGE, 0xff, 0xfbffff, 99, 0);
	sys(MMAP, NULL, 0, 4, MAP_PRIVATE | 0x20 | (21 << 26), -1, 0);
	sys(__NR_mprotect, map, PAGE, 1);
	sys(__NR_mprotect, map, PAGE, 7 | 0x1000000);
	sys(__NR_mprotect, map + 1, PAGE, 0);
	sys(__NR_madvise, map, PAGE, 4);
	sys(__NR_madvise, map, PAGE, 99);
	sys(__NR_mincore, map, 2 * PAGE, present);
	sys(__NR_mincore, map, PAGE, NULL);
	sys(__NR_msync, map, PAGE, 4);
	sys(__NR_msync, map, PAGE, 3);
	sys(__NR_mlock, 0, 0);
	sys(__NR_mlock2, 0, 0, 1);
	sys(__NR_munlock, map, PAGE);
	sys(__NR_munlockall);
	sys(__NR_mlockall, 0);
	sys(__NR_mremap, map, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
	sys(__NR_mremap, map, PAGE, PAGE, 0xff, 1);
	sys(__NR_munmap, map, 2 * PAGE);
	sys(__NR_munmap, 1, 1);
	pretend(ENOSYS);
#ifdef __i386__
	word old[6] = { 0, PAGE, 3, MAP_PRIVATE | 0x20, -1, 0 };
	sys(__NR_mmap, old);
#else
	sys(__NR_mmap, 0x7fffffffffff0000, 1ul << 63, 1, MAP_SHARED, fd, 0x123456789000);
#endif
	sys(__NR_pkey_mprotect, 0, PAGE, 3, 1);
	sys(__NR_pkey_alloc, 0, 3);
	sys(__NR_pkey_free, 1);
	sys(__NR_remap_file_pages, 0, PAGE, 0, 1, MAP_NONBLOCK);
	sys(__NR_mbind, 0, PAGE, MPOL_BIND, nodes, 8, MPOL_MF_STRICT);
	sys(__NR_set_mempolicy, MPOL_INTERLEAVE | MPOL_F_STATIC_NODES, nodes, 8);
	sys(__NR_get_mempolicy, present, nodes, 8, 0, 7);
	sys(__NR_membarrier, 8, 0, 0);
	sys(__NR_membarrier, 0xff, 1, 2);
	sys(__NR_process_madvise, 3, NULL, 0, 21, 0);
	return 0;
}
