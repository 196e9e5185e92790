/* Comes before every header of the pass. */
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <kernel/all.h>

/* What constants.rs reads: which constant, its value, the size of its type. */
struct tracewell_record {
	unsigned long long index, value, size;
};
