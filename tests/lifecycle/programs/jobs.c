// A parent that stops and continues its child, and must see each with its own wait4.
#include "tally.h"
#include <sys/resource.h>

static void see(pid_t child, int options, int expected) {
    int status;
    struct rusage usage = {.ru_maxrss = -1};
    pid_t result;
    while ((result = wait4(child, &status, options, &usage)) < 0 && errno == EINTR) {}
    if (result != child) wrong("the child is gone", errno);
    if (status != expected) wrong("another status", status);
    if (usage.ru_maxrss < 0) wrong("no usage", usage.ru_maxrss);
}

int main(void) {
    static const int STOPS[] = {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
    // A group that is not orphaned, so that the terminal's signals stop it.
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        for (;;) pause();
    }
    setpgid(child, child);
    tally->counters = 1;
    ready();
    while (!tally->stop) {
        int stop = STOPS[tally->count[0] % 4];
        kill(child, stop);
        see(child, WUNTRACED, stop << 8 | 0x7f);
        kill(child, SIGCONT);
        see(child, WCONTINUED, 0xffff);
        tick(0);
        nap(500);
    }
    kill(child, SIGKILL);
    see(child, 0, SIGKILL);
    return 0;
}
