// Queues five real-time signals with values to itself and counts them in its handler; exits with the sum.
#include <signal.h>
#include <unistd.h>

static volatile int sum;

static void handler(int number, siginfo_t *info, void *context) {
    sum = sum * 2 + info->si_value.sival_int;
}

int main(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGRTMIN + 1, &action, 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &set, 0);
    for (int i = 0; i < 5; i++) sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i & 1});
    sigprocmask(SIG_UNBLOCK, &set, 0);
    _exit(sum);
}
