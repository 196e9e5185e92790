// Busy in every way at once, with accounts that must balance in the end: jobs through a pipe, short threads, children
// that exit, are killed, stop and go on, execute from a thread, or are made by vfork; real-time signals with values.
//
// notes: 1 jobs, 2 signals to the process, 3 to threads, 4 children reaped, 5 short threads (what was done in the end)
#include "tally.h"

enum { RECEIVERS = 4, MOST = 50000000 };
enum { JOBS, SIGNALS, CHILDREN, STOPS, EXECS, THREADS, VFORKS, KINDS };

static int jobs[2];
static pid_t ids[RECEIVERS];
static __thread int me;
static long next_of_thread[RECEIVERS], done, short_threads;
static unsigned char *arrived;
static volatile long arrivals;
static long reaped;

static void for_thread(int number, siginfo_t *info, void *context) {
    long expected = next_of_thread[me]++;
    if (info->si_value.sival_int != expected) wrong("a thread's signals are lost or out of order", expected);
    if (info->si_code != SI_QUEUE) wrong("siginfo has changed", info->si_code);
}

static void for_process(int number, siginfo_t *info, void *context) {
    if (__atomic_fetch_add(&arrived[info->si_value.sival_int], 1, __ATOMIC_SEQ_CST)) wrong("a signal came twice", 0);
    __atomic_fetch_add(&arrivals, 1, __ATOMIC_SEQ_CST);
    if (info->si_code != SI_QUEUE) wrong("siginfo has changed", info->si_code);
}

static void catch(int number, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigfillset(&action.sa_mask);
    sigaction(number, &action, 0);
}

static void *receiver(void *number) {
    me = (long)number;
    ids[me] = syscall(SYS_gettid);
    for (;;) pause();
}

// Sends to the process and to its threads in turn until the end is asked for; tells how often.
static void sender(pid_t parent) {
    long sent = 0;
    for (; !tally->stop && sent < MOST; sent++) {
        for (int to_thread = 0; to_thread < 2; to_thread++) {
            siginfo_t info = {.si_signo = SIGRTMIN + 2 + to_thread, .si_code = SI_QUEUE};
            info.si_value.sival_int = to_thread ? sent / RECEIVERS : sent;
            info.si_pid = getpid();
            pid_t thread = ids[sent % RECEIVERS];
            while (to_thread ? syscall(SYS_rt_tgsigqueueinfo, parent, thread, info.si_signo, &info)
                             : syscall(SYS_rt_sigqueueinfo, parent, info.si_signo, &info)) {
                if (errno != EAGAIN) wrong("sending fails", errno);
                nap(1000);
            }
        }
        tally->count[SIGNALS]++;
        nap(300);
    }
    tally->note[2] = sent;
    _exit(0);
}

static void fill(void *buffer, size_t size) {
    for (size_t got = 0; got < size;) {
        ssize_t more = read(jobs[0], (char *)buffer + got, size - got);
        if (more < 0) wrong("read fails", errno);
        got += more;
    }
}

static void *worker(void *nothing) {
    for (long expected = 0;; expected++) {
        long job;
        fill(&job, sizeof job);
        if (job < 0) return 0;
        if (job != expected) wrong("a job is lost", expected);
        done++;
    }
}

static void *giver(void *nothing) {
    long job = 0;
    for (; !tally->stop; job++) {
        if (write(jobs[1], &job, sizeof job) != sizeof job) wrong("write fails", errno);
        tally->count[JOBS]++;
        nap(200);
    }
    tally->note[1] = job;
    job = -1;
    if (write(jobs[1], &job, sizeof job) != sizeof job) wrong("write fails", errno);
    return 0;
}

static void reap(pid_t child, int flags, int expected) {
    int status;
    if (child < 0) wrong("fork fails", errno);
    while (waitpid(child, &status, flags) < 0)
        if (errno != EINTR) wrong("a child is gone", errno);
    if (status != expected) wrong("a child's status is another", status);
}

static void *children(void *nothing) {
    for (long i = 0; !tally->stop; i++) {
        pid_t child = fork();
        if (child == 0 && i % 2) for (;;) pause();
        if (child == 0) _exit(i & 63);
        if (i % 2) kill(child, SIGKILL);
        reap(child, 0, i % 2 ? SIGKILL : (i & 63) << 8);
        __atomic_fetch_add(&reaped, 1, __ATOMIC_SEQ_CST);
        tally->count[CHILDREN]++;
        nap(500);
    }
    return 0;
}

static void *stops(void *nothing) {
    while (!tally->stop) {
        pid_t child = fork();
        if (child == 0) for (;;) pause();
        for (int i = 0; i < 4; i++) {
            kill(child, SIGSTOP);
            reap(child, WUNTRACED, SIGSTOP << 8 | 0x7f);
            nap(500);
            kill(child, SIGCONT);
            reap(child, WCONTINUED, 0xffff);
            nap(500);
        }
        kill(child, SIGTERM);
        reap(child, 0, SIGTERM);
        __atomic_fetch_add(&reaped, 1, __ATOMIC_SEQ_CST);
        tally->count[STOPS]++;
    }
    return 0;
}

static void *idler(void *nothing) {
    for (;;) pause();
}

static void *executor(void *nothing) {
    execl("/proc/self/exe", "soak", "leaf", (char *)0);
    wrong("execve fails", errno);
    return 0;
}

static void *execs(void *nothing) {
    while (!tally->stop) {
        pid_t child = fork();
        if (child == 0) {
            start(idler, 0);
            start(executor, 0);
            for (;;) pause();
        }
        reap(child, 0, 7 << 8);
        __atomic_fetch_add(&reaped, 1, __ATOMIC_SEQ_CST);
        tally->count[EXECS]++;
        nap(1000);
    }
    return 0;
}

static void *vforks(void *nothing) {
    while (!tally->stop) {
        pid_t child = vfork();
        if (child == 0) {
            execl("/proc/self/exe", "soak", "leaf", (char *)0);
            _exit(99);
        }
        reap(child, 0, 7 << 8);
        __atomic_fetch_add(&reaped, 1, __ATOMIC_SEQ_CST);
        tally->count[VFORKS]++;
        nap(1000);
    }
    return 0;
}

static void *short_one(void *nothing) {
    __atomic_fetch_add(&short_threads, 1, __ATOMIC_SEQ_CST);
    return 0;
}

static void *threads(void *nothing) {
    long started = 0;
    for (; !tally->stop; started++) {
        start(short_one, 0);
        tally->count[THREADS]++;
        nap(500);
    }
    tally->note[5] = started;
    return 0;
}

static long to_threads(void) {
    long sum = 0;
    for (int i = 0; i < RECEIVERS; i++) sum += next_of_thread[i];
    return sum;
}

int main(int count, char **words) {
    if (count > 1) return 7;
    alarm(0);
    arrived = mmap(0, MOST, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    catch(SIGRTMIN + 2, for_process);
    catch(SIGRTMIN + 3, for_thread);
    if (pipe(jobs)) wrong("pipe fails", errno);
    for (int i = 0; i < RECEIVERS; i++) start(receiver, i);
    for (int i = 0; i < RECEIVERS; i++)
        while (!*(volatile pid_t *)&ids[i]) nap(100);
    pid_t parent = getpid(), child = fork();
    if (child == 0) sender(parent);

    void *(*kinds[])(void *) = {worker, giver, children, stops, execs, vforks, threads};
    enum { BUSY = sizeof kinds / sizeof *kinds };
    pthread_t busy[BUSY];
    for (int i = 0; i < BUSY; i++)
        if (pthread_create(&busy[i], 0, kinds[i], 0)) wrong("pthread_create fails", 0);
    tally->counters = KINDS;
    ready();
    for (int i = 0; i < BUSY; i++) pthread_join(busy[i], 0);
    reap(child, 0, 0);

    long sent = tally->note[2];
    for (int i = 0; i < 500 && (arrivals < sent || to_threads() < sent || short_threads < tally->note[5]); i++) nap(10000);
    tally->note[3] = to_threads();
    tally->note[4] = reaped;
    if (done != tally->note[1]) wrong("jobs are lost", tally->note[1] - done);
    if (arrivals != sent) wrong("signals to the process are lost", sent - arrivals);
    if (to_threads() != sent) wrong("signals to threads are lost", sent - to_threads());
    if (short_threads != tally->note[5]) wrong("threads are lost", tally->note[5] - short_threads);
    long kept = tally->count[CHILDREN] + tally->count[STOPS] + tally->count[EXECS] + tally->count[VFORKS];
    if (reaped != kept) wrong("children are lost", kept - reaped);
    if (waitpid(-1, 0, WNOHANG) != -1 || errno != ECHILD) wrong("a child is left", errno);
    return 0;
}
