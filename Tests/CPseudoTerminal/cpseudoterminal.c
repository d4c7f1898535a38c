#define _GNU_SOURCE
#include "cpseudoterminal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// Only calls that are safe after fork in a process with threads.
static void become(int terminal, const char *path, char *const argv[], char *const envp[]) {
    setsid();
    ioctl(terminal, TIOCSCTTY, 0);
    for (int fd = 0; fd < 3; fd++) dup2(terminal, fd);
    close_range(3, ~0U, 0);
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int number = 1; number < 32; number++) sigaction(number, &usual, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, argv, envp);
    _exit(127);
}

int cpseudoterminal_open(int columns, int rows, int *controller, int *terminal) {
    char name[128];
    *controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*controller < 0) return -errno;
    if (grantpt(*controller) < 0 || unlockpt(*controller) < 0 ||
        ptsname_r(*controller, name, sizeof name) != 0 ||
        (*terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0 ||
        cpseudoterminal_resize(*controller, columns, rows) < 0 ||
        fcntl(*controller, F_SETFL, O_NONBLOCK) < 0) {
        int error = errno;
        close(*controller);
        return -error;
    }
    return 0;
}

int cpseudoterminal_start(int terminal, const char *path, char *const argv[], char *const envp[], int *pid) {
    *pid = fork();
    if (*pid == 0) become(terminal, path, argv, envp);
    return *pid < 0 ? -errno : 0;
}

int cpseudoterminal_resize(int controller, int columns, int rows) {
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    return ioctl(controller, TIOCSWINSZ, &size);
}

int64_t cpseudoterminal_read(int controller, uint8_t *bytes, size_t count, int timeout_milliseconds) {
    struct pollfd entry = {.fd = controller, .events = POLLIN};
    if (poll(&entry, 1, timeout_milliseconds) <= 0) return 0;
    ssize_t got = read(controller, bytes, count);
    if (got > 0) return got;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

int64_t cpseudoterminal_write(int controller, const uint8_t *bytes, size_t count) {
    ssize_t put = write(controller, bytes, count);
    if (put >= 0) return put;
    return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

int cpseudoterminal_modes(int terminal, uint8_t *bytes, size_t count) {
    struct termios modes;
    if (tcgetattr(terminal, &modes) < 0) return -1;
    uint32_t flags[4] = {modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag};
    if (count < sizeof flags + sizeof modes.c_cc) return -1;
    memcpy(bytes, flags, sizeof flags);
    memcpy(bytes + sizeof flags, modes.c_cc, sizeof modes.c_cc);
    return (int)(sizeof flags + sizeof modes.c_cc);
}

int cpseudoterminal_signal_foreground(int controller, int signal) {
    pid_t group = tcgetpgrp(controller);
    return group > 0 ? kill(-group, signal) : -1;
}

int cpseudoterminal_ended(int pid, int *exited, int *code) {
    int status;
    pid_t found = waitpid(pid, &status, WNOHANG);
    if (found <= 0) return 0;
    *exited = WIFEXITED(status) ? 1 : 0;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return 1;
}

void cpseudoterminal_close(int descriptor) { close(descriptor); }

int64_t cpseudoterminal_clock_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
