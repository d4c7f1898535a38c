#define _GNU_SOURCE
#include "filter.h"
#include <errno.h>
#include <linux/audit.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The system calls of a process that decodes pictures in one thread (seccomp(2), classic BPF). Three answers:
//   allowed  what memory, the socket, the given picture and the clock need, where needed by its arguments;
//   killed   what no library tries and an intruder would: processes, signals to others, sockets, executable
//            memory, the kernel's larger interfaces;
//   refused  with EACCES or EPERM, all the rest. Libraries look for files (locales, character sets) and go on
//            without; a C library newer than this list must not make every picture fail.
// Source: Linux Documentation/userspace-api/seccomp_filter.rst; man-pages seccomp(2).

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "The filter of system calls is written for x86-64 and arm64."
#endif

enum {
    ALLOW = SECCOMP_RET_ALLOW,
    REFUSE = SECCOMP_RET_ERRNO | EPERM,
    NOT_THERE = SECCOMP_RET_ERRNO | EACCES,
    MOST_STEPS = 512,
};
// Not in the enumeration: its value is no int.
#define KILL SECCOMP_RET_KILL_PROCESS

static struct sock_filter steps[MOST_STEPS];
static unsigned short used;

static void step(uint16_t code, uint32_t operand, uint8_t when_true, uint8_t when_false) {
    if (used < MOST_STEPS) steps[used++] = (struct sock_filter){code, when_true, when_false, operand};
}

static void give(uint32_t answer) { step(BPF_RET | BPF_K, answer, 0, 0); }
static void load(uint32_t offset) { step(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void load_number(void) { load(offsetof(struct seccomp_data, nr)); }

// Arguments are compared by their lower half: the kernel too takes these ones as 32 bits, or looks at no bit
// of the upper half that matters. Both architectures store the lower half first.
static void load_argument(int index) {
    load((uint32_t)(offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t)));
}

static void answer_to(uint32_t call, uint32_t answer) {
    step(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1);
    give(answer);
}

static void answer_all(const uint16_t *calls, size_t count, uint32_t answer) {
    for (size_t i = 0; i < count; i++) answer_to(calls[i], answer);
}

// Opens the part for one call; `close_part` makes the jump over it once its length is known.
static unsigned short open_part(uint32_t call) {
    step(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 0);
    return (unsigned short)(used - 1);
}

static void close_part(unsigned short opened) {
    if (used < MOST_STEPS) steps[opened].jf = (uint8_t)(used - opened - 1);
}

// --- Allowed by their arguments ---

static void talk_only_to(uint32_t call, int socket) {
    unsigned short part = open_part(call);
    load_argument(0);
    answer_to((uint32_t)socket, ALLOW);
    answer_to(STDERR_FILENO, ALLOW);
    give(REFUSE);
    close_part(part);
}

static void no_executable_memory(uint32_t call) {
    unsigned short part = open_part(call);
    load_argument(2);
    step(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
    give(KILL);
    // A file that is mapped could be cut short under the reader, or written to: memory alone.
    if (call == SYS_mmap) {
        load_argument(3);
        step(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 1, 0);
        give(NOT_THERE);
    }
    give(ALLOW);
    close_part(part);
}

static void own_cpu_limit_only(void) {
    unsigned short part = open_part(SYS_prlimit64);
    load_argument(0);
    step(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    give(REFUSE);
    load_argument(1);
    answer_to(RLIMIT_CPU, ALLOW);
    give(REFUSE);
    close_part(part);
}

// So that an assertion of a library ends as the abort that it is.
static void signal_only_itself(void) {
    unsigned short part = open_part(SYS_tgkill);
    load_argument(0);
    answer_to((uint32_t)getpid(), ALLOW);
    give(KILL);
    close_part(part);
}

// --- The lists ---

static const uint16_t allowed[] = {
    SYS_read, SYS_pread64, SYS_lseek, SYS_fstat, SYS_close, SYS_recvmsg, SYS_recvfrom, SYS_ppoll,
    SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise, SYS_futex,
    SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom, SYS_getrusage, SYS_getpid, SYS_gettid,
    SYS_sched_yield, SYS_sysinfo, SYS_restart_syscall, SYS_exit, SYS_exit_group,
#ifdef SYS_poll
    SYS_poll,
#endif
};

static const uint16_t sought_by_libraries[] = {
    SYS_openat, SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_readlinkat, SYS_getcwd,
#ifdef SYS_open
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#endif
};

static const uint16_t killed[] = {
    SYS_execve, SYS_execveat, SYS_clone, SYS_clone3, SYS_unshare, SYS_setns, SYS_ptrace,
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo, SYS_pidfd_open, SYS_pidfd_send_signal, SYS_pidfd_getfd,
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter,
    SYS_io_uring_register, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_mount, SYS_umount2, SYS_pivot_root,
    SYS_chroot, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot,
    SYS_personality, SYS_pkey_mprotect, SYS_setuid, SYS_setgid, SYS_setresuid, SYS_setresgid,
    SYS_memfd_create, SYS_open_by_handle_at, SYS_shmat,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
};

struct sock_fprog filter_program(int socket) {
    used = 0;
    load(offsetof(struct seccomp_data, arch));
    step(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    give(KILL);
    load_number();
#ifdef __x86_64__
    // The calls of the x32 interface have numbers of their own, from here up.
    step(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    give(KILL);
#endif
    answer_all(allowed, sizeof allowed / sizeof *allowed, ALLOW);
    no_executable_memory(SYS_mmap);
    no_executable_memory(SYS_mprotect);
    talk_only_to(SYS_write, socket);
    talk_only_to(SYS_writev, socket);
    talk_only_to(SYS_sendto, socket);
    own_cpu_limit_only();
    signal_only_itself();
    answer_all(sought_by_libraries, sizeof sought_by_libraries / sizeof *sought_by_libraries, NOT_THERE);
    answer_to(SYS_ioctl, SECCOMP_RET_ERRNO | ENOTTY);
    answer_all(killed, sizeof killed / sizeof *killed, KILL);
    give(REFUSE);
    // A list that outgrew its room would be cut off: fail closed.
    if (used == MOST_STEPS) steps[0] = (struct sock_filter){BPF_RET | BPF_K, 0, 0, KILL};
    return (struct sock_fprog){.len = used, .filter = steps};
}
