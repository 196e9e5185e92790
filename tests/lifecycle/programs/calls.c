// As many calls as can be made, by four threads.
#include "tally.h"

static void *caller(void *number) {
    while (!tally->stop) tick((long)number);
    return 0;
}

int main(void) {
    for (int i = 1; i < 4; i++) start(caller, i);
    tally->counters = 4;
    ready();
    caller(0);
    _exit(0);
}
