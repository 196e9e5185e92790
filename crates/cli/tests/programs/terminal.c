// Runs a command in a terminal of its own, presses Ctrl-C there after half a second, and ends with the command's status;
// with 200 if it was killed.
#define _XOPEN_SOURCE 600
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **words) {
    int keyboard = posix_openpt(O_RDWR | O_NOCTTY), status;
    grantpt(keyboard);
    unlockpt(keyboard);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        int screen = open(ptsname(keyboard), O_RDWR);
        ioctl(screen, TIOCSCTTY, 0);
        for (int fd = 0; fd < 3; fd++) dup2(screen, fd);
        execvp(words[1], words + 1);
        _exit(127);
    }
    usleep(500000);
    write(keyboard, "\3", 1);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}
