// A tracer of its own child, unless that is traced already.
#include "tally.h"
#include <sys/ptrace.h>

int main(void) {
    pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0)) _exit(errno == EPERM ? 5 : 6);
        raise(SIGSTOP);
        _exit(5);
    }
    int status;
    if (waitpid(child, &status, 0) != child) wrong("the child is gone", errno);
    if (WIFSTOPPED(status)) {
        if (WSTOPSIG(status) != SIGSTOP) wrong("another stop", status);
        if (ptrace(PTRACE_CONT, child, 0, 0)) wrong("PTRACE_CONT", errno);
        if (waitpid(child, &status, 0) != child) wrong("the child is gone", errno);
    }
    if (status != 5 << 8) wrong("the child ended otherwise", status);
    tick(0);
    return 0;
}
