#define _GNU_SOURCE
#include "csystem.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Open files handed from one process to another (unix(7), SCM_RIGHTS), and what is asked about them.

static int result(int value) { return value < 0 ? -errno : value; }

int csystem_memfd(const char *name) { return result(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)); }

int csystem_seal(int fd) {
    return result(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL));
}

int csystem_describe(int fd, int *kind, int64_t *size) {
    struct stat found;
    // The call itself: the C library asks by a call that takes paths too, which a confined process has not.
    if (syscall(SYS_fstat, fd, &found) < 0) return -errno;
    *size = found.st_size;
    if (S_ISREG(found.st_mode)) *kind = CSYSTEM_FILE;
    else if (S_ISDIR(found.st_mode)) *kind = CSYSTEM_FOLDER;
    else if (S_ISFIFO(found.st_mode)) *kind = CSYSTEM_PIPE;
    else if (S_ISSOCK(found.st_mode)) *kind = CSYSTEM_SOCKET;
    else *kind = CSYSTEM_DEVICE;
    return 0;
}

int64_t csystem_read_at(int fd, void *bytes, size_t count, int64_t offset) {
    ssize_t got;
    do got = pread(fd, bytes, count, offset);
    while (got < 0 && errno == EINTR);
    return got < 0 ? -errno : got;
}

int64_t csystem_send_with(int fd, const void *bytes, size_t count, int passed) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof control);
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.room};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &passed, sizeof passed);
    ssize_t put;
    do put = sendmsg(fd, &message, MSG_NOSIGNAL);
    while (put < 0 && errno == EINTR);
    return put < 0 ? -errno : put;
}

int64_t csystem_receive_with(int fd, void *bytes, size_t count, int *passed) {
    // Room for one: the kernel closes what does not fit.
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.room};
    *passed = -1;
    ssize_t got;
    do got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
            && header->cmsg_len == CMSG_LEN(sizeof(int)))
            memcpy(passed, CMSG_DATA(header), sizeof *passed);
    return got;
}
