#define _GNU_SOURCE
#include "cncurses.h"
// term.h defines `lines`, `columns` and several hundred other names as macros: as little as possible sees it.
#include <curses.h>
#include <term.h>
#include <string.h>
#include <unistd.h>

int cncurses_load(const char *type) {
    int found = 0;
    if (setupterm(type, STDOUT_FILENO, &found) == OK) return CNCURSES_OK;
    return found < 0 ? CNCURSES_NO_DATABASE : CNCURSES_UNKNOWN;
}

// Padding is written `$<5>`, `$<5*>` or `$<5/>`: waiting times of terminals on slow lines.
int cncurses_text(const char *capability, char *text, size_t size) {
    const char *found = tigetstr(capability);
    if (!found || found == (const char *)-1) return -1;
    size_t length = 0;
    while (*found) {
        if (found[0] == '$' && found[1] == '<') {
            const char *end = strchr(found, '>');
            if (end) {
                found = end + 1;
                continue;
            }
        }
        if (length + 1 >= size) return -1;
        text[length++] = *found++;
    }
    text[length] = 0;
    return (int)length;
}

int cncurses_flag(const char *capability) { return tigetflag(capability) > 0; }
int cncurses_number(const char *capability) { return tigetnum(capability); }
