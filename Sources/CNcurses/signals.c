#define _GNU_SOURCE
#include "cncurses.h"
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// Two kinds of signals. Those which ask for something are handed on as input: a handler writes their
// number into a pipe; they are blocked everywhere but in the wait of the owning thread, so no other call
// is interrupted, and a thread which does not block them does no harm. Those which mean that the program
// has failed give the terminal back and then take their course.
static const int asking[] = {SIGWINCH, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT};
static const int failing[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { ASKING = sizeof asking / sizeof *asking, FAILING = sizeof failing / sizeof *failing };

static struct sigaction before_asking[ASKING], before_failing[FAILING];
static sigset_t waiting_mask, original_mask;
static int prepared, hung_up;
static int ends[2] = {-1, -1};

void cncurses_prepare_process(void) {
    if (prepared) return;
    sigset_t handled;
    sigemptyset(&handled);
    for (int i = 0; i < ASKING; i++) sigaddset(&handled, asking[i]);
    pthread_sigmask(SIG_BLOCK, &handled, &original_mask);
    waiting_mask = original_mask;
    for (int i = 0; i < ASKING; i++) sigdelset(&waiting_mask, asking[i]);
    prepared = 1;
}

const sigset_t *cncurses_waiting_mask(void) { return &waiting_mask; }
int cncurses_signal_pipe(void) { return ends[0]; }

static void hand_on(int number) {
    int error = errno;
    unsigned char byte = (unsigned char)number;
    // A full pipe has enough signals in it to wake the owner; repeated ones say nothing new.
    if (write(ends[1], &byte, 1) < 0) errno = error;
    errno = error;
}

static void fail(int number, siginfo_t *info, void *context) {
    cncurses_leave();
    // The runtime's own handler prints where it happened; with nothing to read it cannot ask what to do next.
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);
    for (int i = 0; i < FAILING; i++) {
        if (failing[i] != number) continue;
        struct sigaction earlier = before_failing[i];
        signal(number, SIG_DFL);
        if (earlier.sa_flags & SA_SIGINFO) {
            if (earlier.sa_sigaction) earlier.sa_sigaction(number, info, context);
        } else if (earlier.sa_handler != SIG_DFL && earlier.sa_handler != SIG_IGN) {
            earlier.sa_handler(number);
        }
    }
    // The signal is blocked while this handler runs, so it takes its course when the handler returns.
    signal(number, SIG_DFL);
    raise(number);
}

// A stack that has overflowed cannot carry a handler.
static void use_another_stack(void) {
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && !(now.ss_flags & SS_DISABLE)) return;
    static char memory[128 * 1024];
    stack_t other = {.ss_sp = memory, .ss_size = sizeof memory};
    sigaltstack(&other, NULL);
}

int cncurses_install_handlers(void) {
    cncurses_prepare_process();
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return -1;
    use_another_stack();
    struct sigaction action = {.sa_handler = hand_on, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < ASKING; i++) {
        sigaction(asking[i], NULL, &before_asking[i]);
        // A signal that the starter wants ignored (nohup, a shell without job control) stays ignored.
        if (before_asking[i].sa_handler != SIG_IGN || asking[i] == SIGWINCH)
            sigaction(asking[i], &action, NULL);
    }
    struct sigaction failure = {.sa_sigaction = fail, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&failure.sa_mask);
    for (int i = 0; i < FAILING; i++) sigdelset(&failure.sa_mask, failing[i]);
    for (int i = 0; i < FAILING; i++) sigaction(failing[i], &failure, &before_failing[i]);
    return 0;
}

static void discard(const int *numbers, int count) {
    sigset_t pending;
    sigemptyset(&pending);
    for (int i = 0; i < count; i++) sigaddset(&pending, numbers[i]);
    struct timespec now = {0, 0};
    while (sigtimedwait(&pending, NULL, &now) > 0) continue;
}

void cncurses_note_hang_up(void) { hung_up = 1; }

void cncurses_remove_handlers(void) {
    for (int i = 0; i < ASKING; i++) sigaction(asking[i], &before_asking[i], NULL);
    for (int i = 0; i < FAILING; i++) sigaction(failing[i], &before_failing[i], NULL);
    // Signals which came while the terminal was being given back have asked for just that.
    discard(asking, ASKING);
    // Whoever has been told that the terminal is gone shall have the time to finish its work.
    if (hung_up) signal(SIGHUP, SIG_IGN);
    pthread_sigmask(SIG_SETMASK, &original_mask, NULL);
    prepared = 0;
    unsigned char left[64];
    while (read(ends[0], left, sizeof left) > 0) continue;
}

void cncurses_stop(void) {
    if (before_asking[5].sa_handler == SIG_IGN) return;
    struct sigaction usual = {.sa_handler = SIG_DFL}, ours;
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &usual, &ours);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    // The whole group, as the kernel does it for Ctrl-Z: a wrapper must not wait for a stopped child.
    kill(0, SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    // That this process goes on is known here; it must not be told again.
    discard((const int[]){SIGCONT}, 1);
}

int cncurses_next_signal(void) {
    unsigned char number;
    while (read(ends[0], &number, 1) == 1) {
        switch (number) {
        case SIGWINCH: return CNCURSES_RESIZED;
        case SIGTERM:
        case SIGINT:
        case SIGQUIT: return CNCURSES_TERMINATE;
        case SIGHUP:
            hung_up = 1;
            return CNCURSES_HUNG_UP;
        case SIGTSTP: return CNCURSES_SUSPEND;
        case SIGCONT: return CNCURSES_RESUMED;
        default: continue;
        }
    }
    return 0;
}

uint64_t cncurses_thread(void) { return (uint64_t)pthread_self(); }
