// What Muster needs of Linux where Swift cannot say it: variadic calls, feature-test macros, posix_spawn.
// Opaque on purpose: no system header that needs a feature-test macro is visible to Swift.
// Unless said otherwise, a call returns 0 or a positive result, and -errno when it failed. All descriptors
// are opened close-on-exec.
#pragma once
#include <stddef.h>
#include <stdint.h>

// --- Processes ---

/// Starts `path` with an empty signal mask, default signal actions and only the given descriptors:
/// sources[i] becomes targets[i] (each target below 64). 0, 1 and 2 are /dev/null unless given. `directory`
/// may be NULL.
int csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                  const int *sources, const int *targets, int count, int *pid);
/// A descriptor that becomes readable when the process ends.
int csystem_pidfd(int pid);
/// Waits for a child. 1: ended, with *exited 1 and its status, or *exited 0 and the signal; 0: still running.
int csystem_wait(int pid, int block, int *exited, int *code);
int csystem_kill(int pid, int signal);

// --- Descriptors ---

int csystem_pipe(int fds[2]);
int csystem_socketpair(int sequenced, int fds[2]);
enum {
    CSYSTEM_READ = 1,
    CSYSTEM_WRITE = 2,
    CSYSTEM_CREATE = 4,
    CSYSTEM_EXCLUSIVE = 8,
    CSYSTEM_DIRECTORY = 16,
    CSYSTEM_APPEND = 32,
    CSYSTEM_NONBLOCKING = 64,
};
int csystem_open(const char *path, int flags, int mode);
int csystem_close(int fd);
/// One read or write, repeated when a signal interrupted it. A closed socket peer is -EPIPE, never SIGPIPE.
int64_t csystem_read(int fd, void *bytes, size_t count);
int64_t csystem_write(int fd, const void *bytes, size_t count);
int64_t csystem_send(int fd, const void *bytes, size_t count);
/// Waits until one of the descriptors can be read (writes[i] == 0) or written (writes[i] != 0), or has been
/// closed by its peer. Descriptors below 0 are left out. Sets ready[i]; returns how many, 0 at the time limit.
int csystem_poll(const int *fds, const int *writes, int *ready, int count, int timeout_milliseconds);
int csystem_set_nonblocking(int fd);

// --- Passing open files ---

int csystem_memfd(const char *name);
/// Nobody can change a memory file any more, nor take this back.
int csystem_seal(int fd);
enum { CSYSTEM_FILE = 0, CSYSTEM_FOLDER = 1, CSYSTEM_PIPE = 2, CSYSTEM_SOCKET = 3, CSYSTEM_DEVICE = 4 };
/// What kind of thing is open, and how many bytes it holds.
int csystem_describe(int fd, int *kind, int64_t *size);
/// One read from a place in a file; its position stays.
int64_t csystem_read_at(int fd, void *bytes, size_t count, int64_t offset);
/// As csystem_send, with an open file that travels with the first byte.
int64_t csystem_send_with(int fd, const void *bytes, size_t count, int passed);
/// As csystem_read from a socket, with the open file that came along in *passed, or -1.
int64_t csystem_receive_with(int fd, void *bytes, size_t count, int *passed);

// --- Serial lines ---

/// 8 data bits, no parity, 1 stop bit, every byte as it is, at any speed that the line can do; `baud` 0 for 115200.
int csystem_serial_raw(int fd, int baud);
/// Holds the line in the break condition for a quarter to half a second.
int csystem_serial_break(int fd);
/// Forgets what was received and not read, and what was written and not sent.
int csystem_serial_discard(int fd);
/// A new pseudo terminal: its controlling end, and the path of the terminal.
int csystem_pseudo_terminal(int *controller, char *path, size_t size);

/// Whether a terminal shows what is typed; line by line either way. What was typed ahead is thrown away.
int csystem_echo(int fd, int on);

// --- This process ---

/// No core file, no tracing and no reading of the memory by others of the same user. Source: PR_SET_DUMPABLE, prctl(2).
int csystem_protect_memory(void);
/// 1 where `csystem_protect_memory` holds, 0 where not.
int csystem_memory_is_protected(void);

// --- Files ---

/// 1 when the whole file is now locked by this open file, 0 when another holder has it (block == 0 only).
int csystem_lock(int fd, int block);
int csystem_fsync(int fd);
int csystem_mkdir(const char *path, int mode);
int csystem_rename(const char *from, const char *to);
int csystem_unlink(const char *path);
int csystem_chmod(int fd, int mode);
/// 0 and whether it is a directory, its size in bytes and its permission bits.
int csystem_stat(const char *path, int *is_directory, int64_t *size, int *mode);
/// Paths that a shell's pattern names, sorted: an array that ends with NULL, given back with
/// csystem_free_matches. -ENOENT when there is none.
int csystem_match(const char *pattern, char ***paths);
void csystem_free_matches(char **paths);
int csystem_free_space(const char *path, uint64_t *available, uint64_t *total);

// --- Clocks and chance ---

/// Nanoseconds since 1970-01-01T00:00:00Z.
int64_t csystem_wall_clock(void);
/// Nanoseconds since boot, time asleep included.
int64_t csystem_boot_clock(void);
/// Nanoseconds of the time since boot that the machine was suspended.
int64_t csystem_sleep_clock(void);
int csystem_random(void *bytes, size_t count);

// --- Limits of the calling process ---

typedef struct {
    uint64_t address_space_bytes;
    uint64_t open_descriptors;
} csystem_limits;
/// No new privileges, no capabilities, no crash handlers, no core, not dumpable, no file growth, no further
/// process, and the given limits: none can be raised again.
int csystem_limit(const csystem_limits *limits);
/// Takes away, by Landlock, all that names a file, TCP, abstract sockets and signals to others, as far as the
/// kernel knows how. The version of Landlock that it has; 0 when it has none. After csystem_limit.
int csystem_landlock(void);
/// Takes away all system calls but those of a decoder that talks over `socket`. After csystem_limit.
int csystem_filter(int socket);
/// Lets the process use so many more seconds of CPU time than it has used so far; past that it is killed.
int csystem_allow_cpu(uint64_t seconds);

// --- Networks ---

enum { CSYSTEM_NOT_RESOLVED = -100000 };
/// A nonblocking TCP socket that is connected to the host, by name or numeric address; its addresses are tried in their
/// order. CSYSTEM_NOT_RESOLVED when the name has none; each failure writes its `reason`. Blocks until then, at most for so
/// many milliseconds.
int csystem_reach(const char *host, int port, int64_t milliseconds, char *reason, size_t size);

/// The text of an errno value; written to `text`, always ended.
void csystem_error_text(int code, char *text, size_t size);
