#define _GNU_SOURCE
#include "csystem.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 16, TARGETS_BELOW = 64 };

// The sources are first copied above every possible target, so that a dup2 in the child never overwrites a
// descriptor that a later dup2 still needs.
static int plan(posix_spawn_file_actions_t *actions, const int *sources, const int *targets, int count,
                int *copies) {
    int highest = 2, failed = 0;
    int given[3] = {0, 0, 0};
    for (int i = 0; i < count; i++) {
        if (targets[i] < 0 || targets[i] >= TARGETS_BELOW) return EINVAL;
        copies[i] = fcntl(sources[i], F_DUPFD_CLOEXEC, TARGETS_BELOW);
        if (copies[i] < 0) return errno;
        if (targets[i] < 3) given[targets[i]] = 1;
        if (targets[i] > highest) highest = targets[i];
    }
    for (int fd = 0; fd < 3 && !failed; fd++)
        if (!given[fd])
            failed = posix_spawn_file_actions_addopen(actions, fd, "/dev/null", fd ? O_WRONLY : O_RDONLY, 0);
    for (int fd = 3; fd <= highest && !failed; fd++)
        failed = posix_spawn_file_actions_addclose(actions, fd);
    for (int i = 0; i < count && !failed; i++)
        failed = posix_spawn_file_actions_adddup2(actions, copies[i], targets[i]);
    return failed ? failed : posix_spawn_file_actions_addclosefrom_np(actions, highest + 1);
}

static int start(const char *path, char *const argv[], char *const envp[],
                 const posix_spawn_file_actions_t *actions, int *pid) {
    posix_spawnattr_t attributes;
    int failed = posix_spawnattr_init(&attributes);
    if (failed) return failed;
    // A Swift worker thread blocks nearly every signal; a child that inherited its mask could not be ended.
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    failed = posix_spawn(pid, path, actions, &attributes, argv, envp);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

int csystem_spawn(const char *path, char *const argv[], char *const envp[], const char *directory,
                  const int *sources, const int *targets, int count, int *pid) {
    if (count < 0 || count > MOST_DESCRIPTORS) return -EINVAL;
    int copies[MOST_DESCRIPTORS];
    for (int i = 0; i < MOST_DESCRIPTORS; i++) copies[i] = -1;
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed) return -failed;
    if (directory) failed = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (!failed) failed = plan(&actions, sources, targets, count, copies);
    if (!failed) failed = start(path, argv, envp, &actions, pid);
    for (int i = 0; i < count; i++)
        if (copies[i] >= 0) close(copies[i]);
    posix_spawn_file_actions_destroy(&actions);
    return -failed;
}

int csystem_pidfd(int pid) {
    long fd = syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : (int)fd;
}

int csystem_wait(int pid, int block, int *exited, int *code) {
    int status;
    pid_t ended;
    do ended = waitpid(pid, &status, block ? 0 : WNOHANG);
    while (ended < 0 && errno == EINTR);
    if (ended < 0) return -errno;
    if (ended == 0) return 0;
    *exited = WIFEXITED(status) ? 1 : 0;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return 1;
}

int csystem_kill(int pid, int signal) { return kill(pid, signal) < 0 ? -errno : 0; }
