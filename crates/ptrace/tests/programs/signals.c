// Exits with 1 when a signal is blocked, 2 when one but SIGCHLD's like is ignored, 3 when a descriptor above 2 is open.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

int main(void) {
    sigset_t set;
    sigprocmask(SIG_BLOCK, 0, &set);
    for (int i = 1; i < 65; i++) {
        struct sigaction action;
        if (sigismember(&set, i) == 1) return 1;
        if (sigaction(i, 0, &action) == 0 && action.sa_handler != SIG_DFL) return 2;
    }
    for (int i = 3; i < 100; i++)
        if (fcntl(i, F_GETFD) >= 0) return 3;
    return 0;
}
