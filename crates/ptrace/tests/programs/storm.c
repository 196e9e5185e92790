// Makes 200 children that each start a thread and end, all at once; exits with the number of those that ended well.
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *nothing(void *argument) {
    return 0;
}

int main(void) {
    for (int i = 0; i < 200; i++)
        if (fork() == 0) {
            pthread_t thread;
            pthread_create(&thread, 0, nothing, 0);
            pthread_join(thread, 0);
            exit(0);
        }
    int status, good = 0;
    while (wait(&status) > 0) good += status == 0;
    return good;
}
