#define _GNU_SOURCE
#include "csystem.h"
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

// Serial lines as the kernel sees them (ioctl_tty(2), struct termios2): the C library's calls know a list of
// speeds only, and its header cannot be read together with the kernel's.
int ioctl(int fd, unsigned long request, ...);

static int result(int value) { return value < 0 ? -errno : value; }

int csystem_serial_raw(int fd, int baud) {
    struct termios2 modes;
    if (ioctl(fd, TCGETS2, &modes) < 0) return -errno;
    // No translation, no echo, no signals, no flow control: bytes go through as they are.
    modes.c_iflag = IGNBRK | IGNPAR;
    modes.c_oflag = 0;
    modes.c_lflag = 0;
    modes.c_cflag = CS8 | CREAD | CLOCAL;
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    if (baud > 0) {
        modes.c_cflag |= BOTHER | BOTHER << IBSHIFT;
        modes.c_ispeed = (speed_t)baud;
        modes.c_ospeed = (speed_t)baud;
    } else {
        modes.c_cflag |= B115200;
    }
    return result(ioctl(fd, TCSETS2, &modes));
}

int csystem_serial_break(int fd) { return result(ioctl(fd, TCSBRK, 0)); }
int csystem_serial_discard(int fd) { return result(ioctl(fd, TCFLSH, TCIOFLUSH)); }

int csystem_pseudo_terminal(int *controller, char *path, size_t size) {
    int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) return -errno;
    if (grantpt(fd) < 0 || unlockpt(fd) < 0) {
        int failed = -errno;
        close(fd);
        return failed;
    }
    int named = ptsname_r(fd, path, size);
    if (named) {
        close(fd);
        return -named;
    }
    *controller = fd;
    return 0;
}

int csystem_echo(int fd, int on) {
    struct termios2 modes;
    if (ioctl(fd, TCGETS2, &modes) < 0) return -errno;
    modes.c_lflag |= ICANON | ECHONL;
    modes.c_lflag = on ? modes.c_lflag | ECHO : modes.c_lflag & ~ECHO;
    if (on) modes.c_lflag &= ~ECHONL;
    // What was typed ahead was typed with echo, and is no answer to the question that comes.
    return result(ioctl(fd, TCSETSF2, &modes));
}
