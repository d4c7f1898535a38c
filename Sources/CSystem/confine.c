#define _GNU_SOURCE
#include "csystem.h"
#include "filter.h"
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The limits, privileges and Landlock domain of a process that reads hostile bytes; filter.c has its calls.

static int result(int value) { return value < 0 ? -errno : value; }

int csystem_protect_memory(void) {
    // The soft limit is enough: a core needs a dumpable process as well.
    struct rlimit none;
    if (getrlimit(RLIMIT_CORE, &none) < 0) return -errno;
    none.rlim_cur = 0;
    if (setrlimit(RLIMIT_CORE, &none) < 0) return -errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? -errno : 0;
}

int csystem_memory_is_protected(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0; }

static int limit(__rlimit_resource_t resource, uint64_t value) {
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    return result(setrlimit(resource, &both));
}

// Also what root may do beyond its own files goes: otherwise it could raise its limits again.
static int drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}, {0, 0, 0}};
    return result((int)syscall(SYS_capset, &header, none));
}

// Swift's runtime may have put its crash reporter here, which starts a program: a crash is to end the process.
static int drop_crash_handlers(void) {
    static const int signals[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGXCPU};
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], &standard, NULL) < 0) return -errno;
    return 0;
}

int csystem_limit(const csystem_limits *limits) {
    int failed = 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -errno;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) return -errno;
    if ((failed = drop_crash_handlers())) return failed;
    if ((failed = limit(RLIMIT_CORE, 0))) return failed;
    if ((failed = limit(RLIMIT_FSIZE, 0))) return failed;
    if ((failed = limit(RLIMIT_NPROC, 0))) return failed;
    if ((failed = limit(RLIMIT_MEMLOCK, 0))) return failed;
    if ((failed = limit(RLIMIT_MSGQUEUE, 0))) return failed;
    if ((failed = limit(RLIMIT_NOFILE, limits->open_descriptors))) return failed;
    if ((failed = limit(RLIMIT_AS, limits->address_space_bytes))) return failed;
    return drop_capabilities();
}

// Landlock as of its version 6, spelled out: the headers of Debian 12 know version 2. The kernel takes a
// longer structure than it knows as long as what it does not know is zero.
// Source: Linux Documentation/userspace-api/landlock.rst, include/uapi/linux/landlock.h.
struct landlock_ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

enum {
    SYS_CREATE_RULESET = 444, // the same number on every architecture
    SYS_RESTRICT_SELF = 446,
    ASK_VERSION = 1,
};

static struct landlock_ruleset everything(int version) {
    struct landlock_ruleset rights = {.files = (1ULL << 13) - 1};           // execute ... make a symbolic link
    if (version >= 2) rights.files |= 1ULL << 13;                           // link and rename elsewhere
    if (version >= 3) rights.files |= 1ULL << 14;                           // truncate
    if (version >= 4) rights.network = 3;                                   // bind and connect TCP
    if (version >= 5) rights.files |= 1ULL << 15;                           // ioctl of devices
    if (version >= 6) rights.scopes = 3;                                    // abstract sockets, signals
    return rights;
}

int csystem_landlock(void) {
    int version = (int)syscall(SYS_CREATE_RULESET, NULL, 0, ASK_VERSION);
    // Not built in, or switched off at boot.
    if (version < 0) return errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -errno;
    if (version < 1) return 0;
    struct landlock_ruleset rights = everything(version);
    int rules = (int)syscall(SYS_CREATE_RULESET, &rights, sizeof rights, 0);
    if (rules < 0) return -errno;
    int done = result((int)syscall(SYS_RESTRICT_SELF, rules, 0));
    close(rules);
    return done < 0 ? done : version;
}

int csystem_filter(int socket) {
    struct sock_fprog program = filter_program(socket);
    int done = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    // Above 0 it is the thread that could not be bound.
    return done > 0 ? -EBUSY : result(done);
}

int csystem_allow_cpu(uint64_t seconds) {
    struct rlimit both;
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) < 0 || getrlimit(RLIMIT_CPU, &both) < 0) return -errno;
    uint64_t spent = (uint64_t)used.ru_utime.tv_sec + (uint64_t)used.ru_stime.tv_sec + 1;
    both.rlim_cur = spent + seconds;
    if (both.rlim_max != RLIM_INFINITY && both.rlim_cur > both.rlim_max) both.rlim_cur = both.rlim_max;
    return result(setrlimit(RLIMIT_CPU, &both));
}
