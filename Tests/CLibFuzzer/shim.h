#ifndef CLIBFUZZER_SHIM_H
#define CLIBFUZZER_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// libFuzzer comes with the compiler and has no header for this. It takes its options out of the arguments.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*feed)(const uint8_t *bytes, size_t count));

static inline int clibfuzzer_run(int *count, char ***arguments,
                                 int (*feed)(const uint8_t *bytes, size_t count)) {
    return LLVMFuzzerRunDriver(count, arguments, feed);
}

#endif
