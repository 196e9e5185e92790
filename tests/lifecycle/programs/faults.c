// One thread opens paths in pages that another thread, traced too, provides when they are touched.
#include "tally.h"
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

enum { PAGE = 4096 };

static int faults;
static char *page;

static void *server(void *nothing) {
    static char content[PAGE] __attribute__((aligned(PAGE))) = "/nowhere";
    for (;;) {
        struct uffd_msg message;
        if (read(faults, &message, sizeof message) != sizeof message) continue;
        struct uffdio_copy copy = {.dst = (long)page, .src = (long)content, .len = PAGE};
        if (ioctl(faults, UFFDIO_COPY, &copy) && errno != EEXIST) wrong("UFFDIO_COPY fails", errno);
    }
}

int main(void) {
    faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    if (faults < 0) _exit(77);
    struct uffdio_api api = {.api = UFFD_API};
    if (ioctl(faults, UFFDIO_API, &api)) _exit(77);
    page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct uffdio_register range = {.range = {(long)page, PAGE}, .mode = UFFDIO_REGISTER_MODE_MISSING};
    if (ioctl(faults, UFFDIO_REGISTER, &range)) _exit(77);
    start(server, 0);
    tally->counters = 1;
    ready();
    while (!tally->stop) {
        madvise(page, PAGE, MADV_DONTNEED);
        if (syscall(SYS_openat, AT_FDCWD, page, O_RDONLY) != -1 || errno != ENOENT) wrong("openat", errno);
        tick(0);
        nap(1000);
    }
    _exit(0);
}
