#define _GNU_SOURCE
#include "cevil.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int outcome(long result) { return result < 0 ? errno : 0; }

int cevil_open(const char *path) { return outcome(open(path, O_RDONLY | O_CLOEXEC)); }
int cevil_create(const char *path) { return outcome(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)); }
int cevil_socket(int family, int type) { return outcome(socket(family, type, 0)); }

int cevil_connect_tcp(int fd, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return outcome(connect(fd, (struct sockaddr *)&address, sizeof address));
}

int cevil_connect_abstract(int fd, const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "%s", name);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1));
    return outcome(connect(fd, (struct sockaddr *)&address, length));
}

int cevil_fork(void) {
    pid_t made = fork();
    if (made == 0) _exit(0);
    return outcome(made);
}

int cevil_exec(void) {
    char *const arguments[] = {"true", NULL};
    return outcome(execve("/bin/true", arguments, arguments + 1));
}

int cevil_ptrace(int pid) { return outcome(ptrace(PTRACE_SEIZE, pid, NULL, NULL)); }
int cevil_kill(int pid, int signal) { return outcome(kill(pid, signal)); }

int cevil_make_executable(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return errno;
    return outcome(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

int cevil_map_executable(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? errno : 0;
}

int cevil_write(int fd) { return outcome(write(fd, "x", 1)); }

int cevil_raise_limit(void) {
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    return outcome(setrlimit(RLIMIT_AS, &all));
}

int cevil_write_file_descriptor(int fd) {
    if (pwrite(fd, "x", 1, 0) == 1 || ftruncate(fd, 0) == 0) return 0;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return page == MAP_FAILED ? errno : 0;
}

int cevil_count_readable(int first) {
    int count = 0;
    char byte;
    for (int fd = first; fd < 1024; fd++)
        if (read(fd, &byte, 1) >= 0) count++;
    return count;
}

int cevil_take_memory(void) {
    enum { MEBIBYTE = 1 << 20 };
    int count = 0;
    char *piece;
    while ((piece = malloc(MEBIBYTE))) {
        memset(piece, 1, MEBIBYTE);
        count++;
    }
    return count;
}

int cevil_foreign_call(void) {
#ifdef __x86_64__
    // exit(2) of the 32-bit interface is number 1; 20 is getpid.
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
    return result < 0 ? (int)-result : 0;
#else
    return cevil_fork();
#endif
}

int cevil_become_on_old_kernel(const char *path, const char *argument, int without_filters) {
    enum { LANDLOCK_CREATE_RULESET = 444 };
    const unsigned missing = without_filters ? SYS_seccomp : LANDLOCK_CREATE_RULESET;
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, missing, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof steps / sizeof *steps, .filter = steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return errno;
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) return errno;
    char *const arguments[] = {(char *)path, (char *)argument, NULL};
    return outcome(execve(path, arguments, arguments + 2));
}
