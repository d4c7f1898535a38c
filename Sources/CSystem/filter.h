#pragma once
// First, as the two others use its types.
#include <stddef.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

/// The filter for a process that talks over the given socket; the code lives as long as the process.
struct sock_fprog filter_program(int socket);
