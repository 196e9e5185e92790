// N children at once, each with a thread of its own; each must be reaped with its status.
#include "tally.h"

static void *nothing(void *argument) {
    return 0;
}

int main(int count, char **words) {
    int children = atoi(words[1]);
    for (int i = 0; i < children; i++) {
        pid_t child = fork();
        if (child < 0) wrong("fork fails", errno);
        if (child > 0) continue;
        pthread_t thread;
        if (pthread_create(&thread, 0, nothing, 0) == 0) pthread_join(thread, 0);
        _exit(7);
    }
    int status, good = 0;
    while (wait(&status) > 0) good += status == 7 << 8;
    if (good != children) wrong("so many children ended well", good);
    return 0;
}
