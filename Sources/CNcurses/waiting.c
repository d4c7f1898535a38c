#define _GNU_SOURCE
#include "cncurses.h"
#include "internal.h"
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

int cncurses_new_waker(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void cncurses_wake(int waker) {
    uint64_t one = 1;
    // It fails only when the counter is full, and then the owner is awake.
    while (write(waker, &one, sizeof one) < 0 && errno == EINTR) continue;
}

void cncurses_delete_waker(int waker) { close(waker); }

int cncurses_wait(int waker, int input, int timeout_milliseconds) {
    struct pollfd entries[] = {
        {.fd = input ? STDIN_FILENO : -1, .events = POLLIN},
        {.fd = waker, .events = POLLIN},
        {.fd = cncurses_signal_pipe(), .events = POLLIN},
    };
    struct timespec limit = {timeout_milliseconds / 1000, timeout_milliseconds % 1000 * 1000000L};
    int found = ppoll(entries, 3, timeout_milliseconds < 0 ? NULL : &limit, cncurses_waiting_mask());
    // A signal ends the wait before the pipe is looked at: its handler has just written into it.
    if (found < 0) return errno == EINTR ? CNCURSES_SIGNALLED : CNCURSES_HANG_UP;
    int came = 0;
    if (entries[0].revents & POLLIN) came |= CNCURSES_INPUT;
    else if (entries[0].revents) came |= CNCURSES_HANG_UP;
    if (came & CNCURSES_HANG_UP) cncurses_note_hang_up();
    if (entries[1].revents) {
        uint64_t count;
        if (read(waker, &count, sizeof count) > 0) came |= CNCURSES_WOKEN;
    }
    if (entries[2].revents) came |= CNCURSES_SIGNALLED;
    return came;
}

size_t cncurses_read(uint8_t *bytes, size_t count) {
    ssize_t got;
    do got = read(STDIN_FILENO, bytes, count);
    while (got < 0 && errno == EINTR);
    if (got > 0) return (size_t)got;
    cncurses_note_hang_up();
    return 0;
}
