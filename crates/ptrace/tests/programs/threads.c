// Starts N threads that sleep in pause, says "ready", and pauses.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *sleeper(void *nothing) {
    for (;;) pause();
}

int main(int count, char **words) {
    pthread_t thread;
    for (int i = atoi(words[1]); i > 0; i--) pthread_create(&thread, 0, sleeper, 0);
    puts("ready");
    fflush(stdout);
    if (count > 2) pthread_exit(0);
    for (;;) pause();
}
