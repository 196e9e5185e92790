// Four chains of threads: each thread starts the next one and ends.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *next_one(void *nothing) {
    pthread_t next;
    pthread_detach(pthread_self());
    usleep(200);
    pthread_create(&next, 0, next_one, 0);
    return 0;
}

int main(void) {
    pthread_t thread;
    for (int i = 0; i < 4; i++) pthread_create(&thread, 0, next_one, 0);
    puts("ready");
    fflush(stdout);
    for (;;) pause();
}
