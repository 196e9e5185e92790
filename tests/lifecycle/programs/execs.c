// Eight threads; one that is not the leader executes this program again, over and over.
#include "tally.h"

static void *sleeper(void *nothing) {
    for (;;) pause();
}

static void *caller(void *nothing) {
    nap(500);
    if (tally->stop) _exit(0);
    tick(0);
    execl("/proc/self/exe", "execs", (char *)0);
    wrong("execve fails", errno);
    return 0;
}

int main(void) {
    for (int i = 0; i < 7; i++) start(sleeper, 0);
    start(caller, 0);
    tally->counters = 1;
    ready();
    for (;;) pause();
}
