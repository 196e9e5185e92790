// Children by clone with flags that matter to a tracer. Each must end as it is told.
#include "tally.h"

static const long FLAGS[] = {CLONE_UNTRACED, CLONE_PTRACE, CLONE_VFORK, CLONE_VFORK | CLONE_UNTRACED, CLONE_VFORK | CLONE_PTRACE};

int main(void) {
    for (int round = 0; round < 20; round++)
        for (unsigned i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
            pid_t child = syscall(SYS_clone, FLAGS[i] | SIGCHLD, 0, 0, 0, 0);
            if (child < 0) wrong("clone fails", errno);
            if (child == 0) _exit(i + 10);
            int status;
            if (waitpid(child, &status, 0) != child) wrong("a child is gone", i);
            if (status != (int)(i + 10) << 8) wrong("a child ended otherwise", status);
            tick(0);
        }
    // Its parent is ours.
    if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) _exit(4);
    return 0;
}
