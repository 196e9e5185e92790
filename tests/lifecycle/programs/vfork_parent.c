// A vfork child counts while its parent sleeps uninterruptibly.
#include "tally.h"

int main(void) {
    tally->counters = 1;
    tally->pid = getpid();
    pid_t child = vfork();
    if (child == 0) {
        tally->ready = 1;
        while (!tally->stop) {
            tick(0);
            nap(2000);
        }
        _exit(5);
    }
    int status;
    if (waitpid(child, &status, 0) != child || WEXITSTATUS(status) != 5) wrong("the child ended otherwise", status);
    return 0;
}
