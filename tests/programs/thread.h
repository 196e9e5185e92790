/* Threads and children without a libc. */
#ifndef THREAD_H
#define THREAD_H

#include "bare.h"
#include <linux/sched.h>

#define THREAD_FLAGS \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM)

/* clone(2): the child runs `body(argument)` on the stack that ends here, then ends with exit(0). */
long spawn(word flags, void *stack_end, void (*body)(void *), void *argument, int *parent_tid, int *child_tid);

#if defined(__x86_64__)
__asm__(".globl spawn\nspawn:\n\t"
	"sub $16, %rsi\n\t"
	"mov %rdx, (%rsi)\n\t"
	"mov %rcx, 8(%rsi)\n\t"
	"mov %r8, %rdx\n\t"
	"mov %r9, %r10\n\t"
	"xor %r8, %r8\n\t"
	"xor %r9, %r9\n\t"
	"mov $56, %eax\n\t"
	"syscall\n\t"
	"test %rax, %rax\n\t"
	"jnz 1f\n\t"
	"pop %rax\n\t"
	"pop %rdi\n\t"
	"call *%rax\n\t"
	"xor %edi, %edi\n\t"
	"mov $60, %eax\n\t"
	"syscall\n"
	"1:\tret\n");
#else
__asm__(".globl spawn\nspawn:\n\t"
	"push %ebx\n\tpush %esi\n\tpush %edi\n\t"
	"mov 16(%esp), %ebx\n\t"
	"mov 20(%esp), %ecx\n\t"
	"mov 24(%esp), %eax\n\t"
	"mov 28(%esp), %edx\n\t"
	"sub $16, %ecx\n\t"
	"mov %eax, (%ecx)\n\t"
	"mov %edx, 4(%ecx)\n\t"
	"mov 32(%esp), %edx\n\t"
	"xor %esi, %esi\n\t"
	"mov 36(%esp), %edi\n\t"
	"mov $120, %eax\n\t"
	"int $0x80\n\t"
	"test %eax, %eax\n\t"
	"jnz 1f\n\t"
	"pop %eax\n\t"
	"call *%eax\n\t"
	"xor %ebx, %ebx\n\t"
	"mov $1, %eax\n\t"
	"int $0x80\n"
	"1:\tpop %edi\n\tpop %esi\n\tpop %ebx\n\tret\n");
#endif

/* vfork(2): nothing may be kept on the stack that the child will use. */
__attribute__((always_inline)) static inline long vfork_call(void)
{
	long result;
#if defined(__x86_64__)
	__asm__ volatile("syscall" : "=a"(result) : "a"(__NR_vfork) : "rcx", "r11", "memory");
#else
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(__NR_vfork) : "memory");
#endif
	return result;
}

/* A stack for one thread; use its end. */
typedef struct {
	char bytes[16384];
} __attribute__((aligned(16))) stack;

#define END(stack) ((stack).bytes + sizeof((stack).bytes))

#endif
