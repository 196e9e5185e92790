// A daemon outlives the process that made it, which ends with 3.
#include "tally.h"

int main(void) {
    if (fork()) _exit(3);
    setsid();
    for (int i = 0; i < 100; i++) {
        tick(0);
        nap(2000);
    }
    _exit(0);
}
