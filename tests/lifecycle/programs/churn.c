// Chains of threads: each thread starts the next one, after so many microseconds, and ends.
#include "tally.h"

static long pause_for;

static void *next_one(void *chain) {
    nap(pause_for);
    // The number tells the chain.
    syscall(SYS_close, -(int)(++tally->count[(long)chain] % 1000000 + (long)chain * 1000000));
    if (!tally->stop) start(next_one, (long)chain);
    return 0;
}

int main(int count, char **words) {
    int chains = atoi(words[1]);
    pause_for = atol(words[2]);
    for (int i = 0; i < chains; i++) start(next_one, i);
    tally->counters = chains;
    ready();
    while (!tally->stop) nap(5000);
    _exit(0);
}
