// Four threads that each make children and reap them, with their statuses.
#include "tally.h"

static void *maker(void *number) {
    while (!tally->stop) {
        int status, word = tally->count[(long)number] & 63;
        pid_t child = fork();
        if (child == 0) _exit(word);
        if (child < 0) wrong("fork fails", errno);
        while (waitpid(child, &status, 0) < 0)
            if (errno != EINTR) wrong("a child is gone", errno);
        if (status != word << 8) wrong("a child ended otherwise", status);
        tick((long)number);
    }
    return 0;
}

int main(void) {
    for (int i = 0; i < 4; i++) start(maker, i);
    tally->counters = 4;
    ready();
    while (!tally->stop) nap(2000);
    nap(50000);
    _exit(0);
}
