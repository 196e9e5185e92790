// Children by vfork, one after the other, that live so many microseconds; every one must end as it is told.
#include "tally.h"

int main(int count, char **words) {
    long life = count > 1 ? atol(words[1]) : 0;
    tally->counters = 1;
    ready();
    while (!tally->stop) {
        int status, word = tally->count[0] & 63;
        pid_t child = vfork();
        if (child == 0) {
            if (life) nap(life);
            _exit(word);
        }
        if (child < 0) wrong("vfork fails", errno);
        while (waitpid(child, &status, 0) < 0)
            if (errno != EINTR) wrong("a child is gone", errno);
        if (status != word << 8) wrong("a child ended otherwise", status);
        tick(0);
    }
    return 0;
}
