// Chains of threads: each thread starts the next one and ends.
#include "tally.h"

static void *next_one(void *chain) {
    nap(200);
    tick((long)chain);
    if (!tally->stop) start(next_one, (long)chain);
    return 0;
}

int main(int count, char **words) {
    int chains = atoi(words[1]);
    for (int i = 0; i < chains; i++) start(next_one, i);
    tally->counters = chains;
    ready();
    while (!tally->stop) nap(5000);
    _exit(0);
}
