// Makes children by vfork, one after the other, for ever.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    puts("ready");
    fflush(stdout);
    for (;;) {
        if (vfork() == 0) _exit(0);
        wait(0);
    }
}
