/* What only architectures other than x86 define. */
#pragma once

#define PKEY_DISABLE_EXECUTE 0x4
