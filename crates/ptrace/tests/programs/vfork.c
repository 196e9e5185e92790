// Says "ready" in a vfork child that then sleeps for two seconds while its parent sleeps uninterruptibly.
#include <unistd.h>

int main(void) {
    if (vfork() == 0) {
        write(1, "ready\n", 6);
        usleep(2000000);
        _exit(0);
    }
    _exit(6);
}
