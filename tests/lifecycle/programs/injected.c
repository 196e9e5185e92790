// Calls getppid all the time: the answer is the parent's id, or the 7 that a tracer puts there. Nothing else.
#include "tally.h"

static pid_t parent;

static void *caller(void *number) {
    while (!tally->stop) {
        long result = syscall(SYS_getppid);
        if (result != parent && result != 7) wrong("getppid gives another number", result < 0 ? -errno : result);
        tally->count[(long)number]++;
    }
    return 0;
}

int main(void) {
    parent = getppid();
    for (int i = 1; i < 4; i++) start(caller, i);
    tally->counters = 4;
    ready();
    caller(0);
    _exit(0);
}
