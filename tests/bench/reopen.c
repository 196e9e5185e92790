/* Opens, looks at, reads and closes a file, as often as the first argument says. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char buffer[64];
	struct stat data;

	for (long left = argc > 1 ? atol(argv[1]) : 1000; left > 0; left--) {
		int fd = open("/proc/self/comm", O_RDONLY);
		if (fd < 0 || fstat(fd, &data) != 0 || read(fd, buffer, sizeof buffer) < 0)
			return 1;
		close(fd);
	}
	return 0;
}
