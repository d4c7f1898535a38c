#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

// A line that a library prints to standard error would tear the screen. While the screen is up, standard
// error is a file in memory of fixed size; what it holds is shown when the terminal is given back.
enum { KEPT = 64 * 1024 };
static atomic_int original = -1;
static int memory = -1;

void cncurses_hold_diagnostics(void) {
    if (!isatty(STDERR_FILENO)) return;
    memory = memfd_create("muster-diagnostics", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) return;
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 64);
    if (kept < 0 || ftruncate(memory, KEPT) < 0 || fcntl(memory, F_ADD_SEALS, F_SEAL_GROW) < 0 ||
        dup2(memory, STDERR_FILENO) < 0) {
        if (kept >= 0) close(kept);
        close(memory);
        memory = -1;
        return;
    }
    atomic_store(&original, kept);
}

static void show(int from, int to) {
    off_t end = lseek(from, 0, SEEK_CUR);
    char part[512];
    for (off_t at = 0; at < end && at < KEPT; at += (off_t)sizeof part) {
        ssize_t got = pread(from, part, sizeof part, at);
        if (got <= 0) return;
        if (at + got > end) got = (ssize_t)(end - at);
        // UTF-8 passes; what could steer the terminal does not. C1 controls are two bytes in UTF-8.
        for (ssize_t i = 0; i < got; i++) {
            unsigned char byte = (unsigned char)part[i];
            if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) part[i] = '?';
            if (i > 0 && (unsigned char)part[i - 1] == 0xC2 && byte < 0xA0) part[i] = part[i - 1] = '?';
        }
        cncurses_write_all(to, part, (size_t)got);
    }
}

void cncurses_release_diagnostics(void) {
    int kept = atomic_exchange(&original, -1);
    if (kept < 0) return;
    dup2(kept, STDERR_FILENO);
    show(memory, STDERR_FILENO);
    close(kept);
    close(memory);
    memory = -1;
}
