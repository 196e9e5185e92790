// A fork; both sides start N threads, then raise SIGFPE.
#include "tally.h"

static void *sleeper(void *nothing) {
    for (;;) pause();
}

int main(int count, char **words) {
    pid_t child = fork();
    for (int i = atoi(words[1]); i > 0; i--) start(sleeper, 0);
    int status;
    if (child && (waitpid(child, &status, 0) != child || WTERMSIG(status) != SIGFPE)) wrong("the child ended otherwise", status);
    raise(SIGFPE);
    _exit(1);
}
