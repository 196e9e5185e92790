// One thread opens paths in pages of a file on a FUSE file system, which another thread, or with "child" a child,
// provides when they are touched. While note[0] is 1 it provides none. Needs the right to mount; ends with 77 without it.
#include "tally.h"
#include <linux/fuse.h>
#include <sys/mount.h>
#include <sys/stat.h>

enum { PAGE = 4096, FILE_NODE = 2 };

static int kernel;

// Any request; what stands behind its head does not matter here.
struct request {
    struct fuse_in_header head;
    char bytes[FUSE_MIN_READ_BUFFER];
};

// Any answer.
struct answer {
    struct fuse_out_header head;
    union {
        struct fuse_init_out init;
        struct fuse_entry_out entry;
        struct fuse_attr_out attr;
        struct fuse_open_out open;
        char bytes[PAGE];
    };
};

static struct fuse_attr attributes(long node) {
    mode_t mode = node == FILE_NODE ? S_IFREG | 0444 : S_IFDIR | 0755;
    return (struct fuse_attr){.ino = node, .size = PAGE, .mode = mode, .nlink = 1, .blksize = PAGE};
}

// What there is to say to a request, and how long that is; -1 for nothing at all.
static long respond(const struct fuse_in_header *request, struct answer *answer) {
    switch (request->opcode) {
    case FUSE_INIT:
        // As libfuse: whoever waits for a page can be killed.
        answer->init = (struct fuse_init_out){.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = PAGE,
                                              .max_readahead = 16 * PAGE, .flags = FUSE_ASYNC_READ};
        return sizeof answer->init;
    case FUSE_LOOKUP:
        answer->entry = (struct fuse_entry_out){
            .nodeid = FILE_NODE, .entry_valid = 1000, .attr_valid = 1000, .attr = attributes(FILE_NODE)};
        return sizeof answer->entry;
    case FUSE_GETATTR:
        answer->attr = (struct fuse_attr_out){.attr_valid = 1000, .attr = attributes(request->nodeid)};
        return sizeof answer->attr;
    case FUSE_OPEN:
        // No page outlives its mapping.
        answer->open = (struct fuse_open_out){.open_flags = FOPEN_DIRECT_IO};
        return sizeof answer->open;
    case FUSE_READ:
        while (tally->note[0] == 1) nap(1000);
        strcpy(answer->bytes, "/nowhere");
        return PAGE;
    case FUSE_RELEASE:
        return 0;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
        return -1;
    default:
        answer->head.error = -ENOSYS;
        return 0;
    }
}

static void *server(void *nothing) {
    static struct request request;
    for (;;) {
        ssize_t length = read(kernel, &request, sizeof request);
        if (length < 0 && errno == ENODEV) _exit(0);
        if (length < 0) continue;
        struct answer answer = {.head.unique = request.head.unique};
        long size = respond(&request.head, &answer);
        answer.head.len = sizeof answer.head + size;
        // Whoever has asked may be gone.
        if (size >= 0 && write(kernel, &answer, answer.head.len) < 0 && errno != ENOENT) wrong("answering fails", errno);
    }
}

static int open_file(void) {
    int file = open("/mnt/file", O_RDONLY | O_CLOEXEC);
    if (file < 0) wrong("the file cannot be opened", errno);
    return file;
}

int main(int count, char **words) {
    char options[100];
    // The file system is there for this program alone, and goes with it.
    if (unshare(CLONE_NEWNS) || mount(0, "/", 0, MS_REC | MS_PRIVATE, 0)) _exit(77);
    kernel = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", kernel);
    if (kernel < 0 || mount("tracewell", "/mnt", "fuse", MS_NOSUID | MS_NODEV, options)) _exit(77);
    if (count == 1) {
        start(server, 0);
    } else {
        pid_t parent = getpid();
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() == parent) server(0);
            _exit(0);
        }
        close(kernel);
    }
    // The kernel learns that nothing is to be done at a close: at the end there may be nobody to do it.
    close(open_file());
    int file = open_file();
    tally->counters = 1;
    ready();
    while (!tally->stop) {
        char *page = mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
        if (page == MAP_FAILED) wrong("mmap fails", errno);
        if (syscall(SYS_openat, AT_FDCWD, page, O_RDONLY) != -1 || errno != ENOENT) wrong("openat", errno);
        munmap(page, PAGE);
        tick(0);
        nap(1000);
    }
    _exit(0);
}
