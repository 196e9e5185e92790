/*
 * What every test program stands on: no libc, so that a trace holds the calls that the program
 * makes and nothing else, whatever the machine. The same source is built for x86-64 and i386.
 *
 * A program defines `int run(void)`; its result is the exit status.
 */
#ifndef BARE_H
#define BARE_H

#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/types.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef unsigned long word;

/* The words the kernel put on the stack: argc, argv[], NULL, envp[], NULL. */
static word *initial_stack;

static inline char **arguments(void) { return (char **)(initial_stack + 1); }
static inline char **environment(void) { return (char **)(initial_stack + initial_stack[0] + 2); }

/* The compiler may ask for these two. */
void *memset(void *to, int byte, size_t count)
{
	void *start = to;
	__asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(byte) : "memory");
	return start;
}

void *memcpy(void *to, const void *from, size_t count)
{
	void *start = to;
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	return start;
}

static inline size_t length(const char *text)
{
	size_t n = 0;
	while (text[n])
		n++;
	return n;
}

#if defined(__x86_64__)

static inline long sys6(long nr, word a, word b, word c, word d, word e, word f)
{
	register word r10 __asm__("r10") = d;
	register word r8 __asm__("r8") = e;
	register word r9 __asm__("r9") = f;
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall start\n");

#elif defined(__i386__)

static inline long sys6(long nr, word a, word b, word c, word d, word e, word f)
{
	const word rest[2] = { a, f };
	long result;
	__asm__ volatile("push %%ebp\n\t"
			 "push %%ebx\n\t"
			 "mov 4(%%ebx), %%ebp\n\t"
			 "mov (%%ebx), %%ebx\n\t"
			 "int $0x80\n\t"
			 "pop %%ebx\n\t"
			 "pop %%ebp"
			 : "=a"(result)
			 : "a"(nr), "b"(rest), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

__asm__(".globl _start\n_start:\n\tmov %esp, %eax\n\tand $-16, %esp\n\tsub $12, %esp\n\tpush %eax\n\tcall start\n");

#else
#error "x86 only"
#endif

#define SYS6(nr, a, b, c, d, e, f, ...) \
	sys6((nr), (word)(a), (word)(b), (word)(c), (word)(d), (word)(e), (word)(f))

/* A system call; arguments that are not given are 0. */
#define sys(...) SYS6(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

__attribute__((noreturn)) static inline void quit(int status)
{
	for (;;)
		sys(__NR_exit_group, status);
}

int run(void);

__attribute__((noreturn, used)) void start(word *stack)
{
	initial_stack = stack;
	quit(run());
}

#endif
