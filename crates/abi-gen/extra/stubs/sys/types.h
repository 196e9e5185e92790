/* What the kernel's headers need of the C library's. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <linux/types.h>
typedef __kernel_long_t time_t;
typedef __kernel_pid_t pid_t;
