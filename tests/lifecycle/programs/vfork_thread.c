// Four threads count; a fifth sleeps uninterruptibly, in a vfork whose child counts too.
#include "tally.h"

static void *counter(void *number) {
    while (!tally->stop) {
        tick((long)number);
        nap(2000);
    }
    return 0;
}

static void *maker(void *nothing) {
    if (vfork() == 0) {
        tally->ready = 1;
        counter((void *)4);
        _exit(0);
    }
    for (;;) pause();
}

int main(void) {
    tally->pid = getpid();
    for (int i = 1; i < 4; i++) start(counter, i);
    tally->counters = 5;
    start(maker, 0);
    counter(0);
    int status;
    while (wait(&status) > 0) {}
    _exit(0);
}
