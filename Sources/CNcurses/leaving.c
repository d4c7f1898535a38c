#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "cncurses.h"
#include "internal.h"
#include <curses.h>
#include <term.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios modes;
static char how_to_leave[1024];
static atomic_size_t length;
static char extra[256];
static atomic_int taken;

void cncurses_write_all(int fd, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ssize_t put = write(fd, next, count);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return;
        next += put;
        count -= (size_t)put;
    }
}

int cncurses_remember(const char *disable) {
    if (strlen(disable) >= sizeof extra) return -1;
    strcpy(extra, disable);
    return tcgetattr(STDIN_FILENO, &modes);
}

// tputs hands over one character at a time and has no place for a context.
static char *collected;
static size_t room;
static int collect(int character) {
    if (room > 1) {
        *collected++ = (char)character;
        room--;
    }
    return character;
}

static void add(const char *capability) {
    if (capability) tputs(capability, 1, collect);
}

void cncurses_prepare_leaving(void) {
    atomic_store(&length, 0);
    collected = how_to_leave;
    room = sizeof how_to_leave;
    for (const char *next = extra; *next; next++) collect(*next);
    add(exit_attribute_mode);
    add(orig_pair);
    add(keypad_local);
    // A terminal without a second screen is left on its last row, below what was drawn.
    if (!exit_ca_mode) {
        if (cursor_address) add(tparm(cursor_address, LINES - 1, 0));
        add(clr_eol);
    }
    add(exit_ca_mode);
    add(cursor_normal);
    atomic_store(&length, (size_t)(collected - how_to_leave));
}

void cncurses_set_taken(int now) { atomic_store(&taken, now); }

void cncurses_restore_modes(void) {
    // In the background the modes are another's; and asking would stop this process.
    pid_t owner = tcgetpgrp(STDIN_FILENO);
    if (owner > 0 && owner != getpgrp()) return;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

void cncurses_disable_extras(void) { cncurses_write_all(STDOUT_FILENO, extra, strlen(extra)); }

void cncurses_leave(void) {
    if (!atomic_exchange(&taken, 0)) return;
    int error = errno;
    cncurses_write_all(STDOUT_FILENO, how_to_leave, atomic_load(&length));
    cncurses_restore_modes();
    cncurses_release_diagnostics();
    errno = error;
}
