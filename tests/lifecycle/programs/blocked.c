// One thread in each call that blocks. Times must be right, and no call may end that would not end without a tracer;
// but epoll_wait may, as signal(7) says.
#include "tally.h"
#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>

enum { SLEEP, POLL, FUTEX, READ, SUSPEND, EPOLL, KINDS };

static const long WAIT = 60000;
static int pipes[2], silent[2];
static pthread_t suspended;
static volatile long caught;
static int word;

static void handler(int number) {
    __atomic_fetch_add(&caught, 1, __ATOMIC_SEQ_CST);
}

static void sleep_once(void) {
    struct timespec time = {0, WAIT * 1000};
    if (nanosleep(&time, 0)) wrong("nanosleep", errno);
}

static void poll_once(void) {
    struct pollfd never = {silent[0], POLLIN, 0};
    int result = poll(&never, 1, WAIT / 1000);
    if (result) wrong("poll", errno);
}

static void futex_once(void) {
    struct timespec time = {0, WAIT * 1000};
    if (syscall(SYS_futex, &word, FUTEX_WAIT, 0, &time, 0, 0) != -1 || errno != ETIMEDOUT) wrong("futex", errno);
}

static void read_once(void) {
    char byte;
    if (read(pipes[0], &byte, 1) != 1) wrong("read", errno);
}

static void epoll_once(void) {
    static int set = -1;
    if (set < 0) set = epoll_create1(0);
    struct epoll_event event;
    if (epoll_wait(set, &event, 1, WAIT / 1000) < 0 && errno != EINTR) wrong("epoll_wait", errno);
}

// Woken by signals, of which none is blocked; each must be worth one return.
static void suspend_once(void) {
    static long returns;
    sigset_t none;
    sigemptyset(&none);
    if (sigsuspend(&none) != -1 || errno != EINTR) wrong("sigsuspend", errno);
    if (++returns != caught) wrong("sigsuspend returns without a signal", returns - caught);
}

static void (*const ONCE[])(void) = {sleep_once, poll_once, futex_once, read_once, suspend_once, epoll_once};

static void *blocker(void *argument) {
    long kind = (long)argument;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, 0);
    int timed = kind != READ && kind != SUSPEND && kind != EPOLL;
    while (!tally->stop) {
        double before = now();
        ONCE[kind]();
        double took = now() - before;
        if (timed && took < WAIT / 1e6) wrong("too short", kind);
        if (timed && took > WAIT / 1e6 + 1) wrong("too long", kind);
        tally->count[kind]++;
    }
    return 0;
}

// Gives those that wait for something what they wait for.
static void *giver(void *nothing) {
    while (!tally->stop) {
        nap(15000);
        if (pthread_kill(suspended, SIGUSR1)) wrong("pthread_kill", errno);
        if (write(pipes[1], "x", 1) != 1) wrong("write", errno);
    }
    return 0;
}

int main(void) {
    signal(SIGUSR1, handler);
    if (pipe(pipes) || pipe(silent)) wrong("pipe", errno);
    for (long kind = 0; kind < KINDS; kind++) {
        pthread_t thread;
        pthread_create(&thread, 0, blocker, (void *)kind);
        if (kind == SUSPEND) suspended = thread;
    }
    nap(20000);
    start(giver, 0);
    tally->counters = KINDS;
    ready();
    while (!tally->stop) nap(5000);
    _exit(0);
}
