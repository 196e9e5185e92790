// Ends with 40, plus 1 where the effective user is not the real one, plus 2 where it is not root.
#include "tally.h"

int main(int count, char **words) {
    (void)words;
    tally->counters = 1;
    ready();
    while (count > 1 && !tally->stop) {
        tick(0);
        nap(2000);
    }
    return 40 + (geteuid() != getuid()) + 2 * (geteuid() != 0);
}
