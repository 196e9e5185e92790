// Starts eight threads, one of which executes this program again, N times in all; then exits with 7.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int left;

static void *sleeper(void *nothing) {
    for (;;) pause();
}

static void *caller(void *nothing) {
    char number[16];
    usleep(500);
    snprintf(number, sizeof number, "%d", left - 1);
    execl("/proc/self/exe", "execs", number, "again", (char *)0);
    _exit(1);
}

int main(int count, char **words) {
    pthread_t thread;
    left = atoi(words[1]);
    if (left == 0) _exit(7);
    for (int i = 0; i < 7; i++) pthread_create(&thread, 0, sleeper, 0);
    pthread_create(&thread, 0, caller, 0);
    if (count == 2) puts("ready"), fflush(stdout);
    for (;;) pause();
}
