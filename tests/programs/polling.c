/*
 * Waiting for descriptors: poll, select and epoll.
 *
 * run:
 * run paths: -y
 * run names: -N
 */
#include "bare.h"
#include <asm/poll.h>
#include <linux/eventpoll.h>
#include <linux/time.h>

int run(void)
{
	int ends[2];
	struct { long seconds, rest; } zero = { 0, 0 }, brief = { 0, 1000 };
	unsigned long long mask = 0x201;
	struct { const void *mask; unsigned long size; } masked = { &mask, 8 };
	sys(__NR_pipe, ends);
	struct pollfd both[3] = { { ends[0], POLLIN | POLLPRI, 0 }, { ends[1], POLLOUT | POLLERR, 0 }, { -1, 0x7fff, 0 } };
	unsigned long in[32] = { 1ul << ends[0] }, out[32] = { 1ul << ends[1] }, except[32] = { 0 };
	struct epoll_event event = { .events = EPOLLIN | EPOLLET | EPOLLRDHUP, .data = 0x123456789 }, events[4];
	sys(__NR_poll, both, 1, 0);
	sys(__NR_poll, both, 3, -1);
	sys(__NR_poll, NULL, 0, 1);
	sys(__NR_poll, both, 1, 1);
	sys(__NR_poll, 1, 1, 1);
	sys(__NR_ppoll, both, 2, &zero, NULL, 8);
	sys(__NR_ppoll, both, 1, &brief, &mask, 8);
	sys(__NR_ppoll, both, 2, NULL, &mask, 8);
#ifdef __i386__
	sys(__NR__newselect, 5, in, out, except, &zero);
	word old[5] = { 5, (word)in, 0, 0, (word)&zero };
	sys(__NR_select, old);
#else
	sys(__NR_select, 5, in, out, except, &zero);
#endif
	in[0] = 1ul << ends[0];
	sys(__NR_pselect6, 4, in, NULL, NULL, &brief, &masked);
	sys(__NR_pselect6, 0, NULL, NULL, NULL, &brief, NULL);
	in[0] = ~0ul;
	sys(__NR_pselect6, 20, in, NULL, NULL, NULL, &masked);
	sys(__NR_pselect6, -1, in, NULL, NULL, &zero, 1);
	long epoll = sys(__NR_epoll_create1, EPOLL_CLOEXEC);
	sys(__NR_epoll_create, 10);
	sys(__NR_epoll_create1, 0xff);
	sys(__NR_epoll_ctl, epoll, EPOLL_CTL_ADD, ends[0], &event);
	event.events = EPOLLOUT | EPOLLONESHOT | 0x1000000;
	sys(__NR_epoll_ctl, epoll, EPOLL_CTL_ADD, ends[1], &event);
	sys(__NR_epoll_ctl, epoll, EPOLL_CTL_ADD, ends[1], &event);
	sys(__NR_epoll_wait, epoll, events, 4, 0);
	sys(__NR_epoll_ctl, epoll, EPOLL_CTL_MOD, ends[1], &event);
	sys(__NR_epoll_pwait, epoll, events, 4, -1, &mask, 8);
	sys(__NR_epoll_pwait2, epoll, events, 4, &zero, NULL, 0);
	sys(__NR_epoll_ctl, epoll, EPOLL_CTL_DEL, ends[1], NULL);
	sys(__NR_epoll_ctl, epoll, 77, 99, NULL);
	sys(__NR_epoll_wait, 99, events, 4, 0);
	return 0;
}
