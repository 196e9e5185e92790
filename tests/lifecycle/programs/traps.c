// SIGTRAP that a user sends is a signal as any other.
#include "tally.h"

static volatile long caught;

static void handler(int number, siginfo_t *info, void *context) {
    if (info->si_pid != getpid()) wrong("from another sender", info->si_pid);
    caught++;
}

int main(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGTRAP, &action, 0);
    tally->counters = 1;
    ready();
    for (long sent = 1; !tally->stop; sent++) {
        if (sent & 1) kill(getpid(), SIGTRAP); else raise(SIGTRAP);
        if (caught != sent) wrong("SIGTRAP is lost", sent);
        tick(0);
        nap(500);
    }
    return 0;
}
