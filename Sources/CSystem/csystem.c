#define _GNU_SOURCE
#include "csystem.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int result(int value) { return value < 0 ? -errno : value; }

int csystem_pipe(int fds[2]) { return result(pipe2(fds, O_CLOEXEC)); }

int csystem_socketpair(int sequenced, int fds[2]) {
    return result(socketpair(AF_UNIX, (sequenced ? SOCK_SEQPACKET : SOCK_STREAM) | SOCK_CLOEXEC, 0, fds));
}

int csystem_open(const char *path, int flags, int mode) {
    int how = O_CLOEXEC;
    if ((flags & CSYSTEM_READ) && (flags & CSYSTEM_WRITE)) how |= O_RDWR;
    else how |= flags & CSYSTEM_WRITE ? O_WRONLY : O_RDONLY;
    if (flags & CSYSTEM_CREATE) how |= O_CREAT;
    if (flags & CSYSTEM_EXCLUSIVE) how |= O_EXCL;
    if (flags & CSYSTEM_DIRECTORY) how |= O_DIRECTORY;
    if (flags & CSYSTEM_APPEND) how |= O_APPEND;
    if (flags & CSYSTEM_NONBLOCKING) how |= O_NONBLOCK | O_NOCTTY;
    int fd;
    do fd = open(path, how, (mode_t)mode);
    while (fd < 0 && errno == EINTR);
    return result(fd);
}

int csystem_close(int fd) { return result(close(fd)); }

int64_t csystem_read(int fd, void *bytes, size_t count) {
    ssize_t got;
    do got = read(fd, bytes, count);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

int64_t csystem_write(int fd, const void *bytes, size_t count) {
    ssize_t put;
    do put = write(fd, bytes, count);
    while (put < 0 && errno == EINTR);
    return put < 0 ? -errno : put;
}

int64_t csystem_send(int fd, const void *bytes, size_t count) {
    ssize_t put;
    do put = send(fd, bytes, count, MSG_NOSIGNAL);
    while (put < 0 && errno == EINTR);
    return put < 0 ? -errno : put;
}

int csystem_poll(const int *fds, const int *writes, int *ready, int count, int timeout_milliseconds) {
    struct pollfd entries[8];
    if (count < 0 || count > 8) return -EINVAL;
    for (int i = 0; i < count; i++) {
        entries[i] = (struct pollfd){.fd = fds[i], .events = writes[i] ? POLLOUT : POLLIN};
        ready[i] = 0;
    }
    int found = poll(entries, (nfds_t)count, timeout_milliseconds);
    if (found < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) ready[i] = entries[i].revents != 0;
    return found;
}

int csystem_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? -errno : result(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}

int csystem_lock(int fd, int block) {
    // Open-file-description locks: held by this descriptor, not by the process, so two locks within one
    // process exclude each other too, and closing another descriptor of the same file releases nothing.
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int done;
    do done = fcntl(fd, block ? F_OFD_SETLKW : F_OFD_SETLK, &whole);
    while (done < 0 && errno == EINTR);
    if (done == 0) return 1;
    return errno == EAGAIN || errno == EACCES ? 0 : -errno;
}

int csystem_fsync(int fd) {
    int done;
    do done = fsync(fd);
    while (done < 0 && errno == EINTR);
    return result(done);
}

int csystem_mkdir(const char *path, int mode) { return result(mkdir(path, (mode_t)mode)); }
int csystem_rename(const char *from, const char *to) { return result(rename(from, to)); }
int csystem_unlink(const char *path) { return result(unlink(path)); }
int csystem_chmod(int fd, int mode) { return result(fchmod(fd, (mode_t)mode)); }

int csystem_stat(const char *path, int *is_directory, int64_t *size, int *mode) {
    struct stat found;
    if (stat(path, &found) < 0) return -errno;
    *is_directory = S_ISDIR(found.st_mode);
    *size = found.st_size;
    *mode = found.st_mode & 07777;
    return 0;
}

int csystem_free_space(const char *path, uint64_t *available, uint64_t *total) {
    struct statvfs found;
    if (statvfs(path, &found) < 0) return -errno;
    *available = (uint64_t)found.f_bavail * found.f_frsize;
    *total = (uint64_t)found.f_blocks * found.f_frsize;
    return 0;
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t csystem_wall_clock(void) { return nanoseconds(CLOCK_REALTIME); }
int64_t csystem_boot_clock(void) { return nanoseconds(CLOCK_BOOTTIME); }

int64_t csystem_sleep_clock(void) { return nanoseconds(CLOCK_BOOTTIME) - nanoseconds(CLOCK_MONOTONIC); }

int csystem_random(void *bytes, size_t count) {
    uint8_t *next = bytes;
    while (count > 0) {
        ssize_t got = getrandom(next, count > 256 ? 256 : count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            return -errno;
        }
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

void csystem_error_text(int code, char *text, size_t size) {
    const char *known = strerrordesc_np(code);
    if (known) snprintf(text, size, "%s", known);
    else snprintf(text, size, "error %d", code);
}
