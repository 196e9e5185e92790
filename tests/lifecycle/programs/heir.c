// The leader ends, then another thread executes this program again and takes the leader's place; over and over.
#include "tally.h"

static void *sleeper(void *nothing) {
    for (;;) pause();
}

static const char *path;

static void *heir(void *nothing) {
    nap(2000);
    if (tally->stop) _exit(0);
    tick(0);
    // There is no /proc/self/exe without a leader.
    execl(path, path, (char *)0);
    wrong("execve fails", errno);
    return 0;
}

int main(int count, char **words) {
    path = words[0];
    start(sleeper, 0);
    start(heir, 0);
    tally->counters = 1;
    ready();
    pthread_exit(0);
}
