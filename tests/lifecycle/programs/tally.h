// A program's own accounts, in a file that the suite reads: the words of `src/tally.rs`, in the same order.
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COUNTERS = 1024 };

struct tally {
    long stop;              // the suite asks the program to end
    long ready;             // the program is where it is meant to be
    long pid;               // the program's id
    long counters;          // so many counters are to move
    long note[12];          // whatever else one side tells the other
    long count[COUNTERS];
};

static volatile struct tally *tally;

__attribute__((constructor)) static void open_tally(void) {
    const char *path = getenv("TALLY");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    int flags = file < 0 ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED;
    tally = mmap(0, sizeof *tally, PROT_READ | PROT_WRITE, flags, file, 0);
    if (file >= 0) close(file);
    // Whatever becomes of the suite, nobody stays for ever.
    alarm(120);
}

static inline void ready(void) {
    tally->pid = getpid();
    tally->ready = 1;
}

// Says what is wrong, and ends.
static inline void wrong(const char *what, long number) {
    dprintf(1, "%s (%ld)\n", what, number);
    _exit(99);
}

// Sleeps for so long, whatever signals come.
static inline void nap(long microseconds) {
    struct timespec left = {microseconds / 1000000, microseconds % 1000000 * 1000};
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {}
}

// One step: a call that a trace can be checked for, as its argument counts up.
static inline void tick(int counter) {
    syscall(SYS_close, -(int)++tally->count[counter]);
}

static inline double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static inline void start(void *(*function)(void *), long argument) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 65536);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int error = pthread_create(&thread, &attributes, function, (void *)argument);
    if (error) wrong("pthread_create fails", error);
    pthread_attr_destroy(&attributes);
}
