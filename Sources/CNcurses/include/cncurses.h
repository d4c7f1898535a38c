#pragma once
// An opaque border around ncursesw and the terminal's part of the kernel: no header of the library reaches
// Swift. There is one terminal in a process; all calls but `cncurses_wake` and `cncurses_prepare_process`
// belong to the thread that opened it. Input is read as bytes and never through the library, so that a paste
// or a scanner's control character arrives as it was sent.
#include <stddef.h>
#include <stdint.h>

// --- What the terminal is ---

/// 1 when standard input and output are terminals.
int cncurses_is_terminal(void);
/// What the kernel says; 0 when it does not know.
void cncurses_kernel_size(int *columns, int *rows);
/// Takes the user's locale, or C.UTF-8 when that one's characters are not UTF-8; 1 when they are now.
int cncurses_use_utf8(void);
/// Cells of one character: 0, 1 or 2, or -1 when it must not be printed.
int cncurses_width(uint32_t scalar);

enum { CNCURSES_OK = 0, CNCURSES_UNKNOWN = -1, CNCURSES_NO_DATABASE = -2, CNCURSES_REFUSED = -3 };
/// Reads the entry of a terminal type.
int cncurses_load(const char *type);
/// A string capability of the entry with its padding left out; its length, or -1 when there is none or no
/// room.
int cncurses_text(const char *capability, char *text, size_t size);
int cncurses_flag(const char *capability);
int cncurses_number(const char *capability);

// --- Opening and leaving ---

/// Blocks the signals that the terminal handles, so that threads started later never see them.
void cncurses_prepare_process(void);
/// Takes the terminal over. `enable` is sent on entering, `disable` before leaving, on every way out.
int cncurses_open(const char *type, const char *enable, const char *disable);
/// Gives the terminal back. Nothing happens when it is not open.
void cncurses_close(void);
/// Gives the terminal back, stops the process group as Ctrl-Z does, and takes the terminal again.
void cncurses_suspend(void);
/// Sets the terminal's modes again after somebody else may have changed them; all is drawn anew.
void cncurses_reenter(void);

// --- Drawing ---

void cncurses_size(int *columns, int *rows);
/// The library's idea of the size becomes this one; all is drawn anew.
void cncurses_resize(int columns, int rows);
/// How many colours and pairs of them there are.
void cncurses_colors(int *colors, int *pairs);
/// Defines a pair; -1 is the terminal's own colour. 0 when it was taken.
int cncurses_define_pair(int number, int foreground, int background);
enum { CNCURSES_BOLD = 1, CNCURSES_UNDERLINE = 2, CNCURSES_REVERSE = 4, CNCURSES_DIM = 8 };
/// Draws one cluster of at most 5 scalars; nothing when the library refuses it.
void cncurses_put(int column, int row, const uint32_t *scalars, int count, int attributes, int pair);
/// Sends what differs; the cursor is hidden when `column` is below 0.
void cncurses_show(int column, int row);
void cncurses_bell(void);
/// Sends bytes as they are, between two drawings.
void cncurses_send(const uint8_t *bytes, size_t count);

// --- Waiting ---

/// A descriptor that `cncurses_wake` makes ready; -1 when there is none.
int cncurses_new_waker(void);
void cncurses_wake(int waker);
void cncurses_delete_waker(int waker);

enum { CNCURSES_INPUT = 1, CNCURSES_HANG_UP = 2, CNCURSES_WOKEN = 4, CNCURSES_SIGNALLED = 8 };
/// Waits for input, the waker or a signal; which came, 0 at the limit. -1 waits without one. `input` 0 leaves
/// standard input out.
int cncurses_wait(int waker, int input, int timeout_milliseconds);
/// What is there of standard input; 0 when it has ended.
size_t cncurses_read(uint8_t *bytes, size_t count);

enum {
    CNCURSES_RESIZED = 1, CNCURSES_TERMINATE, CNCURSES_HUNG_UP, CNCURSES_SUSPEND, CNCURSES_RESUMED,
};
/// The next signal that came, or 0.
int cncurses_next_signal(void);
/// Names the calling thread.
uint64_t cncurses_thread(void);
