// A thread that is not the leader executes /bin/true while others sleep.
#include <pthread.h>
#include <unistd.h>

static void *sleeper(void *nothing) {
    for (;;) pause();
}

static void *executor(void *nothing) {
    usleep(10000);
    execl("/bin/true", "true", (char *)0);
    _exit(9);
}

int main(void) {
    pthread_t thread;
    for (int i = 0; i < 3; i++) pthread_create(&thread, 0, sleeper, 0);
    pthread_create(&thread, 0, executor, 0);
    for (;;) pause();
}
