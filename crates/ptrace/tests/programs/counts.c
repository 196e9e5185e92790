// Sixteen threads; a child sends 2000 real-time signals with values. Exits with 0 when every one has arrived once.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIGNALS = 2000 };

static unsigned char seen[SIGNALS];
static int twice, arrived;

static void handler(int number, siginfo_t *info, void *context) {
    if (__atomic_fetch_add(&seen[info->si_value.sival_int], 1, __ATOMIC_SEQ_CST)) twice = 1;
    __atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
}

static void *sleeper(void *nothing) {
    for (;;) pause();
}

int main(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigaction(SIGRTMIN + 2, &action, 0);
    pthread_t thread;
    for (int i = 0; i < 16; i++) pthread_create(&thread, 0, sleeper, 0);
    puts("ready");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < SIGNALS; i++) {
            while (sigqueue(getppid(), SIGRTMIN + 2, (union sigval){.sival_int = i}) < 0) usleep(1000);
            usleep(100);
        }
        _exit(0);
    }
    while (waitpid(child, 0, 0) < 0 && errno == EINTR) {}
    for (int i = 0; i < 300 && arrived < SIGNALS; i++) usleep(10000);
    _exit(twice ? 2 : arrived != SIGNALS);
}
