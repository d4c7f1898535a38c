// What the parts of this target share.
#pragma once
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

/// Writes all the bytes; safe in a signal handler.
void cncurses_write_all(int fd, const void *bytes, size_t count);

// leaving.c: what gives the terminal back without the library, prepared while all is well.
/// Remembers the modes of the terminal and how it is left.
int cncurses_remember(const char *disable);
/// Works out again how it is left: the last row moves with the size.
void cncurses_prepare_leaving(void);
/// The terminal has been taken (1) or given back (0).
void cncurses_set_taken(int taken);
/// Gives the terminal back once; safe in a signal handler and at exit.
void cncurses_leave(void);
void cncurses_restore_modes(void);
/// Switches off what was enabled besides the library's own modes.
void cncurses_disable_extras(void);

// signals.c
int cncurses_install_handlers(void);
void cncurses_remove_handlers(void);
/// The signal mask with which to wait.
const sigset_t *cncurses_waiting_mask(void);
int cncurses_signal_pipe(void);
/// The terminal is gone: a SIGHUP would say nothing new.
void cncurses_note_hang_up(void);
/// Stops the process group; returns when it goes on.
void cncurses_stop(void);

// diagnostics.c: what other code writes to standard error while the screen is up.
void cncurses_hold_diagnostics(void);
/// Shows what was held, control characters replaced; safe in a signal handler.
void cncurses_release_diagnostics(void);
