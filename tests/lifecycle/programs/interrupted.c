// Goes on at SIGINT, and ends with so many as have come plus 4 after the first.
#include "tally.h"

static volatile int caught;

static void handler(int number) {
    caught++;
}

int main(void) {
    signal(SIGINT, handler);
    ready();
    while (!caught && !tally->stop) nap(1000);
    nap(50000);
    _exit(4 + caught);
}
