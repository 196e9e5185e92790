/* What the kernel's headers need of the C library's. */
#pragma once
#include <linux/socket.h>
#define sockaddr_storage __kernel_sockaddr_storage
typedef __kernel_sa_family_t sa_family_t;
struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};
