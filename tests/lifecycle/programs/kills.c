// Children that are killed while they come to life, N in all, while the leader counts.
#include "tally.h"

int main(int count, char **words) {
    ready();
    for (int i = atoi(words[1]); i > 0; i--) {
        pid_t child = fork();
        if (child == 0) execl("/bin/true", "true", (char *)0);
        nap(i * 37 % 400);
        kill(child, SIGKILL);
        int status;
        if (waitpid(child, &status, 0) != child) wrong("a child is gone", errno);
        tick(0);
    }
    _exit(0);
}
