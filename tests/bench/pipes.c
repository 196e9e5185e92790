/* Two threads pass a byte to and fro, as often as the first argument says. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static int there[2], back[2];
static long turns;

static void *answer(void *unused)
{
	char byte;

	for (long left = turns; left > 0; left--)
		if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1)
			exit(1);
	return unused;
}

int main(int argc, char **argv)
{
	char byte = 0;
	pthread_t thread;

	turns = argc > 1 ? atol(argv[1]) : 1000;
	if (pipe(there) != 0 || pipe(back) != 0 || pthread_create(&thread, NULL, answer, NULL) != 0)
		return 1;
	for (long left = turns; left > 0; left--)
		if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1)
			return 1;
	return pthread_join(thread, NULL);
}
