#pragma once
#include <stddef.h>
#include <stdint.h>

// How often a word stands in this process's memory, in whatever of it may be read. The word is given with every byte
// inverted, so that it is not found because it is looked for. Negative when the memory's map cannot be read.
long cmemoryscan_count(const uint8_t *inverted, size_t count);
