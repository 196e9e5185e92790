// Sixteen threads; a child sends real-time signals with values, to the process and to each thread in turn. Every one must
// arrive once, at its thread, in order.
#include "tally.h"

enum { THREADS = 16 };

static pid_t ids[THREADS];
static __thread int me;
static long next_of_thread[THREADS], twice;
static unsigned char *arrived;
static volatile long arrivals;

static void for_thread(int number, siginfo_t *info, void *context) {
    long expected = next_of_thread[me]++;
    if (info->si_value.sival_int != expected) wrong("a thread's signals are lost or out of order", expected);
    if (info->si_code != SI_QUEUE) wrong("siginfo has changed", info->si_code);
    tally->count[me]++;
}

static void for_process(int number, siginfo_t *info, void *context) {
    if (__atomic_fetch_add(&arrived[info->si_value.sival_int], 1, __ATOMIC_SEQ_CST)) twice++;
    __atomic_fetch_add(&arrivals, 1, __ATOMIC_SEQ_CST);
    if (info->si_code != SI_QUEUE) wrong("siginfo has changed", info->si_code);
}

static void *sleeper(void *number) {
    me = (long)number;
    ids[me] = syscall(SYS_gettid);
    for (;;) pause();
}

static void send(pid_t parent, int thread, int value) {
    siginfo_t info = {.si_signo = SIGRTMIN + (thread < 0 ? 2 : 3), .si_code = SI_QUEUE};
    info.si_value.sival_int = value;
    info.si_pid = getpid();
    for (;;) {
        long result = thread < 0 ? syscall(SYS_rt_sigqueueinfo, parent, info.si_signo, &info)
                                 : syscall(SYS_rt_tgsigqueueinfo, parent, ids[thread], info.si_signo, &info);
        if (result == 0) return;
        if (errno != EAGAIN) _exit(errno);
        nap(1000);
    }
}

static void sender(pid_t parent, int most) {
    long sent = 0;
    for (; !tally->stop && sent < most; sent++) {
        send(parent, -1, sent);
        send(parent, sent % THREADS, sent / THREADS);
        nap(50);
    }
    tally->note[1] = sent;
    _exit(0);
}

static void catch(int number, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigfillset(&action.sa_mask);
    sigaction(number, &action, 0);
}

int main(void) {
    enum { MOST = 10000000 };
    arrived = mmap(0, MOST, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    catch(SIGRTMIN + 2, for_process);
    catch(SIGRTMIN + 3, for_thread);
    ids[0] = getpid();
    for (int i = 1; i < THREADS; i++) start(sleeper, i);
    for (int i = 1; i < THREADS; i++)
        while (!*(volatile pid_t *)&ids[i]) nap(100);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) sender(parent, MOST);
    tally->counters = THREADS;
    ready();
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) wrong("the sender is gone", errno);
    if (status) wrong("the sender failed", status);
    long sent = tally->note[1], to_threads = 0;
    for (int i = 0; i < 300 && (arrivals < sent || to_threads < sent); i++) {
        nap(10000);
        to_threads = 0;
        for (int j = 0; j < THREADS; j++) to_threads += next_of_thread[j];
    }
    if (twice) wrong("signals arrived twice", twice);
    if (arrivals != sent) wrong("signals to the process are lost", sent - arrivals);
    if (to_threads != sent) wrong("signals to threads are lost", sent - to_threads);
    _exit(0);
}
