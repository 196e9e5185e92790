// Kills its children in the middle of their forks, and waits for all that they have made. Exits with 0.
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int round = argc > 1 ? atoi(argv[1]) : 100; round > 0; round--) {
        pid_t child = fork();
        if (child == 0)
            for (;;)
                if (fork() == 0)
                    _exit(0);
        usleep(1000 + round * 37 % 1000);
        kill(child, SIGKILL);
        while (wait(NULL) > 0)
            ;
    }
    return 0;
}
