// N threads (the leader is one) that count, each for itself, with a nap of so many microseconds between the steps.
#include "tally.h"

static long pause_for;

static void *counter(void *number) {
    while (!tally->stop) {
        tick((long)number);
        nap(pause_for);
    }
    return 0;
}

int main(int count, char **words) {
    int threads = atoi(words[1]);
    pause_for = count > 2 ? atol(words[2]) : 2000;
    for (int i = 1; i < threads; i++) start(counter, i);
    tally->counters = threads;
    ready();
    counter(0);
    _exit(0);
}
