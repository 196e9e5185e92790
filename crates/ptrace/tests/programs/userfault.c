// One thread serves, by userfaultfd, the page that the other passes to a call. With "wait" it goes on for ever.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static char *page, source[4096] = "/served-page";
static int fd;

static void *serve(void *unused)
{
    struct uffd_msg message;
    while (read(fd, &message, sizeof message) == sizeof message) {
        getppid();
        struct uffdio_copy copy = {
            .dst = message.arg.pagefault.address & ~4095UL, .src = (unsigned long)source, .len = 4096 };
        ioctl(fd, UFFDIO_COPY, &copy);
    }
    return unused;
}

int main(int argc, char **argv)
{
    fd = syscall(SYS_userfaultfd, O_CLOEXEC);
    if (fd < 0)
        return 77;
    struct uffdio_api api = { .api = UFFD_API };
    ioctl(fd, UFFDIO_API, &api);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = { .range = { (unsigned long)page, 4096 }, .mode = UFFDIO_REGISTER_MODE_MISSING };
    if (ioctl(fd, UFFDIO_REGISTER, &range) < 0)
        return 78;
    pthread_t thread;
    pthread_create(&thread, NULL, serve, NULL);
    setvbuf(stdout, NULL, _IONBF, 0);
    puts("ready");
    int rounds = argc > 1 ? 1 << 30 : 3, missing = 0;
    while (rounds-- > 0) {
        usleep(1000);
        missing += access(page, F_OK) < 0;
        missing += strcmp(page, source) == 0;
        madvise(page, 4096, MADV_DONTNEED);
    }
    return missing;
}
