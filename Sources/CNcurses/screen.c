#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "cncurses.h"
#include "internal.h"
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static char enabling[256];

int cncurses_is_terminal(void) { return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO); }

void cncurses_kernel_size(int *columns, int *rows) {
    struct winsize size;
    int known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    *columns = known ? size.ws_col : 0;
    *rows = known ? size.ws_row : 0;
}

static int is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int cncurses_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (!is_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
    return is_utf8();
}

int cncurses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static void set_modes(void) {
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, FALSE);
    // The library must not look for input while it draws: none of it is read here.
    typeahead(-1);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
}

// LINES and COLUMNS of the environment, which the library prefers, say what was true when the shell started.
static void fit_to_kernel(void) {
    int columns, rows;
    cncurses_kernel_size(&columns, &rows);
    if (columns > 0 && rows > 0) resizeterm(rows, columns);
}

static void leave_at_exit(void) {
    static int registered;
    if (!registered) registered = atexit(cncurses_leave) == 0;
}

int cncurses_open(const char *type, const char *enable, const char *disable) {
    if (screen || strlen(enable) >= sizeof enabling) return CNCURSES_REFUSED;
    if (cncurses_remember(disable) < 0) return CNCURSES_REFUSED;
    strcpy(enabling, enable);
    screen = newterm(type, stdout, stdin);
    if (!screen) return CNCURSES_UNKNOWN;
    set_term(screen);
    cncurses_set_taken(1);
    leave_at_exit();
    set_modes();
    fit_to_kernel();
    cncurses_prepare_leaving();
    // After newterm, which installs handlers of its own.
    if (cncurses_install_handlers() < 0) {
        cncurses_close();
        return CNCURSES_REFUSED;
    }
    cncurses_hold_diagnostics();
    cncurses_write_all(STDOUT_FILENO, enabling, strlen(enabling));
    return CNCURSES_OK;
}

// The orderly way out; `cncurses_leave` is the other.
static void give_back(void) {
    cncurses_disable_extras();
    endwin();
    cncurses_set_taken(0);
    cncurses_restore_modes();
    cncurses_release_diagnostics();
}

void cncurses_close(void) {
    if (!screen) return;
    give_back();
    cncurses_remove_handlers();
    delscreen(screen);
    screen = NULL;
}

void cncurses_reenter(void) {
    if (!isendwin()) endwin();
    fit_to_kernel();
    cncurses_prepare_leaving();
    cncurses_set_taken(1);
    clearok(curscr, TRUE);
    refresh();
    cncurses_write_all(STDOUT_FILENO, enabling, strlen(enabling));
}

void cncurses_suspend(void) {
    give_back();
    cncurses_stop();
    cncurses_hold_diagnostics();
    cncurses_reenter();
}

void cncurses_size(int *columns, int *rows) {
    *columns = COLS;
    *rows = LINES;
}

void cncurses_resize(int columns, int rows) {
    resizeterm(rows, columns);
    clearok(curscr, TRUE);
    cncurses_prepare_leaving();
}

void cncurses_colors(int *colors, int *pairs) {
    *colors = has_colors() ? COLORS : 0;
    *pairs = has_colors() ? COLOR_PAIRS : 0;
}

int cncurses_define_pair(int number, int foreground, int background) {
    return init_extended_pair(number, foreground, background) == OK ? 0 : -1;
}

void cncurses_put(int column, int row, const uint32_t *scalars, int count, int attributes, int pair) {
    wchar_t text[CCHARW_MAX + 1];
    if (count < 1 || count > CCHARW_MAX) return;
    for (int i = 0; i < count; i++) text[i] = (wchar_t)scalars[i];
    text[count] = 0;
    attr_t how = A_NORMAL;
    if (attributes & CNCURSES_BOLD) how |= A_BOLD;
    if (attributes & CNCURSES_UNDERLINE) how |= A_UNDERLINE;
    if (attributes & CNCURSES_REVERSE) how |= A_REVERSE;
    if (attributes & CNCURSES_DIM) how |= A_DIM;
    cchar_t cell;
    // The pair goes in by its address: the plain argument holds 15 bits only.
    if (setcchar(&cell, text, how, 0, &pair) == OK) mvwadd_wch(stdscr, row, column, &cell);
}

void cncurses_show(int column, int row) {
    curs_set(column < 0 ? 0 : 1);
    if (column >= 0) wmove(stdscr, row, column);
    refresh();
}

void cncurses_bell(void) {
    beep();
}

void cncurses_send(const uint8_t *bytes, size_t count) { cncurses_write_all(STDOUT_FILENO, bytes, count); }
