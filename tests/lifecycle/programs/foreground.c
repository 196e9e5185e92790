// A shell on a terminal, whose foreground group is the command in its words. What the suite asks for in note[0] is typed:
// 3 is Ctrl-C, 26 is Ctrl-Z; 1 is SIGCONT to the group, as a shell does for `fg`. note[1] is the command's status, as
// wait(2) tells it, once note[4] is set; note[2] counts its stops, note[5] how often it has gone
// on again. A job has the accounts that TALLY_OF_JOB names, if it is there.
#include "tally.h"
#include <sys/ioctl.h>

// Reads what the terminal shows, that it is never full.
static void look_away(int master) {
    char rubbish[256];
    int waiting = 0;
    while (!ioctl(master, FIONREAD, &waiting) && waiting > 0 && read(master, rubbish, sizeof rubbish) > 0) {}
}

static void press(int master, pid_t group) {
    char key = tally->note[0];
    if (key == 0) return;
    tally->note[0] = 0;
    if (key == 1) kill(-group, SIGCONT);
    else if (write(master, &key, 1) != 1) wrong("typing fails", errno);
}

static pid_t start_in_foreground(int terminal, char **words) {
    pid_t child = fork();
    if (child == 0) {
        signal(SIGTTOU, SIG_IGN);
        setpgid(0, 0);
        tcsetpgrp(terminal, getpid());
        signal(SIGTTOU, SIG_DFL);
        for (int i = 0; i < 3; i++) dup2(terminal, i);
        if (getenv("TALLY_OF_JOB")) setenv("TALLY", getenv("TALLY_OF_JOB"), 1);
        execv(words[0], words);
        wrong("execve fails", errno);
    }
    return child;
}

// The leader of the session, which ends with its parent.
static void lead(char **words) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || grantpt(master) || unlockpt(master)) _exit(77);
    int terminal = open(ptsname(master), O_RDWR | O_CLOEXEC);
    if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0)) _exit(77);
    pid_t child = start_in_foreground(terminal, words);
    for (;;) {
        int status;
        look_away(master);
        if (waitpid(child, &status, WUNTRACED | WCONTINUED | WNOHANG) == child) {
            if (WIFCONTINUED(status)) tally->note[5]++;
            else if (WIFSTOPPED(status)) tally->note[2]++;
            else {
                tally->note[1] = status;
                tally->note[4] = 1;
                _exit(0);
            }
        }
        press(master, child);
        nap(2000);
    }
}

int main(int count, char **words) {
    if (count < 2) return 2;
    // The suite has made us the leader of a group, who cannot lead a session.
    pid_t leader = fork();
    if (leader == 0) lead(words + 1);
    int status;
    waitpid(leader, &status, 0);
    return WEXITSTATUS(status);
}
