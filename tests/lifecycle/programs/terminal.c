// Runs a command on a terminal of its own, as its foreground group, and types Ctrl-C when the tally is ready. Ends as it.
#include "tally.h"
#include <sys/ioctl.h>
#include <termios.h>

int main(int count, char **words) {
    int keyboard = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    grantpt(keyboard);
    unlockpt(keyboard);
    char *name = ptsname(keyboard);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        int screen = open(name, O_RDWR);
        ioctl(screen, TIOCSCTTY, 0);
        dup2(screen, 0);
        execvp(words[1], words + 1);
        _exit(127);
    }
    while (!tally->ready) nap(1000);
    nap(20000);
    if (write(keyboard, "\3", 1) != 1) wrong("write", errno);
    int status;
    if (waitpid(child, &status, 0) != child) wrong("the child is gone", errno);
    if (WIFSIGNALED(status)) wrong("killed", WTERMSIG(status));
    return WEXITSTATUS(status);
}
