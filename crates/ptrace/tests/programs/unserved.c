// Passes to calls a page that another process should serve by userfaultfd, and does not. Without an argument it ends at once.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int fd = syscall(SYS_userfaultfd, O_CLOEXEC);
    if (fd < 0)
        return 77;
    struct uffdio_api api = { .api = UFFD_API };
    ioctl(fd, UFFDIO_API, &api);
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { .range = { (unsigned long)page, 4096 }, .mode = UFFDIO_REGISTER_MODE_MISSING };
    if (ioctl(fd, UFFDIO_REGISTER, &range) < 0)
        return 78;
    if (argc == 1)
        return 0;
    pid_t parent = getpid();
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            return 0;
        for (;;)
            pause();
    }
    close(fd);
    setvbuf(stdout, NULL, _IONBF, 0);
    puts("ready");
    while (argc > 1) {
        usleep(50000);
        access(page, F_OK);
    }
    return 0;
}
