// Executes a 32-bit program, which executes this one again, until a letter of the first word is left.
#include "tally.h"

int main(int count, char **words) {
    tick(0);
    if (words[1][0] == 0) return 0;
    execl(words[2], words[2], words[1] + 1, "/proc/self/exe", words[3], (char *)0);
    wrong("execve fails", errno);
}
