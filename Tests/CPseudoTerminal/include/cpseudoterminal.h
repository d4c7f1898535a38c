// A pseudo terminal and a program in it, for tests.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// A new terminal: the controlling end, and the terminal itself. 0, or -errno.
int cpseudoterminal_open(int columns, int rows, int *controller, int *terminal);
/// Starts a program as leader of a session with this terminal. The descriptor of the terminal stays open
/// here, so that its modes can be read after the program has ended. 0, or -errno.
int cpseudoterminal_start(int terminal, const char *path, char *const argv[], char *const envp[], int *pid);
int cpseudoterminal_resize(int controller, int columns, int rows);
/// Waits for output at most so long. Bytes read, 0 at the limit, -1 when the terminal has no users left.
int64_t cpseudoterminal_read(int controller, uint8_t *bytes, size_t count, int timeout_milliseconds);
/// Writes what fits now; how much, or -1.
int64_t cpseudoterminal_write(int controller, const uint8_t *bytes, size_t count);
/// The terminal's modes as bytes that can be compared; how many, or -1.
int cpseudoterminal_modes(int terminal, uint8_t *bytes, size_t count);
/// Sends a signal to the terminal's foreground processes, as its keys do.
int cpseudoterminal_signal_foreground(int controller, int signal);
/// 1 and how it ended, 0 when it runs. *exited 1: with a status; 0: by a signal.
int cpseudoterminal_ended(int pid, int *exited, int *code);
void cpseudoterminal_close(int descriptor);
int64_t cpseudoterminal_clock_milliseconds(void);
