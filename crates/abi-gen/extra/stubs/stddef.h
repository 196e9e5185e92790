/* What the kernel's headers need of the C library's. */
#pragma once
typedef __SIZE_TYPE__ size_t;
#define offsetof(type, member) __builtin_offsetof(type, member)
#define NULL ((void *)0)
