#include "cmemoryscan.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int is_word(const uint8_t *bytes, const uint8_t *inverted, size_t count) {
    for (size_t place = 0; place < count; place++) {
        if ((uint8_t)~bytes[place] != inverted[place]) return 0;
    }
    return 1;
}

static uint8_t window[1 << 16];

// Reads a range through the kernel, which says of pages that are not there what a pointer would die of.
static long count_between(int memory, unsigned long start, unsigned long end, const uint8_t *inverted, size_t count) {
    long found = 0;
    size_t kept = 0;
    while (start < end) {
        size_t room = sizeof window - kept;
        size_t wanted = end - start < room ? end - start : room;
        ssize_t got = pread(memory, window + kept, wanted, (off_t)start);
        if (got <= 0) return found;
        size_t have = kept + (size_t)got;
        for (size_t place = 0; place + count <= have; place++) found += is_word(window + place, inverted, count);
        kept = have < count - 1 ? have : count - 1;
        memmove(window, window + have - kept, kept);
        start += (unsigned long)got;
    }
    return found;
}

long cmemoryscan_count(const uint8_t *inverted, size_t count) {
    // What protects the memory from others keeps its owner out of the file too.
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY);
    if (!maps || memory < 0) return -1;
    long found = 0;
    char line[512];
    while (fgets(line, sizeof line, maps)) {
        unsigned long start, end;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &start, &end, rights) != 3 || rights[0] != 'r') continue;
        // The window itself is what is looked through.
        unsigned long own = (unsigned long)window, own_end = own + sizeof window;
        if (start < own_end && own < end) {
            found += count_between(memory, start, own, inverted, count);
            found += count_between(memory, own_end, end, inverted, count);
        } else {
            found += count_between(memory, start, end, inverted, count);
        }
    }
    fclose(maps);
    close(memory);
    return found;
}
