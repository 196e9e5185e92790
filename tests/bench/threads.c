/* So many threads as the first argument says make so many calls each as the second. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static long calls;

static void *work(void *unused)
{
	for (long left = calls; left > 0; left--)
		syscall(SYS_getppid);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[64];
	int count = argc > 1 ? atoi(argv[1]) : 8;

	calls = argc > 2 ? atol(argv[2]) : 1000;
	for (int at = 0; at < count && at < 64; at++)
		pthread_create(&threads[at], NULL, work, NULL);
	for (int at = 0; at < count && at < 64; at++)
		pthread_join(threads[at], NULL);
	return 0;
}
