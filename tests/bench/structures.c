/* Makes calls with structures, vectors and several pointers, as often as the first argument says. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int null = open("/dev/null", O_WRONLY);
	struct iovec parts[3] = {{"one", 3}, {"two", 3}, {"three", 5}};
	struct pollfd polled[2] = {{null, POLLOUT, 0}, {0, 0, 0}};
	struct timespec none = {0, 0};
	struct stat data;
	sigset_t mask;

	for (long left = argc > 1 ? atol(argv[1]) : 1000; left > 0; left--) {
		sigprocmask(SIG_SETMASK, NULL, &mask);
		if (stat("/dev/null", &data) != 0 || writev(null, parts, 3) != 11 || ppoll(polled, 2, &none, &mask) < 0)
			return 1;
	}
	return 0;
}
