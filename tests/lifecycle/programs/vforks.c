// Children by vfork, one after the other; every one must end as it is told.
#include "tally.h"

int main(void) {
    tally->counters = 1;
    ready();
    while (!tally->stop) {
        int status, word = tally->count[0] & 63;
        pid_t child = vfork();
        if (child == 0) _exit(word);
        if (child < 0) wrong("vfork fails", errno);
        while (waitpid(child, &status, 0) < 0)
            if (errno != EINTR) wrong("a child is gone", errno);
        if (status != word << 8) wrong("a child ended otherwise", status);
        tick(0);
    }
    return 0;
}
