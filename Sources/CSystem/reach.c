#define _GNU_SOURCE
#include "csystem.h"
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// A look-up of a name. It outlives its caller when the library cannot give it up at the deadline.
struct question {
    struct gaicb request;
    struct addrinfo hints;
    char host[256], service[8];
};

static int milliseconds_left(int64_t until) {
    int64_t left = until - csystem_boot_clock();
    if (left <= 0) return 0;
    return left / 1000000 >= 0x7FFFFFFF ? 0x7FFFFFFF : (int)(left / 1000000 + 1);
}

// The addresses of a host, or NULL with *code: 0 when the time was up, or the resolver's error.
static struct addrinfo *resolve(const char *host, int port, int64_t until, int *code) {
    struct question *question = calloc(1, sizeof *question);
    if (!question || strlen(host) >= sizeof question->host) {
        free(question);
        *code = question ? EAI_NONAME : EAI_MEMORY;
        return NULL;
    }
    strcpy(question->host, host);
    snprintf(question->service, sizeof question->service, "%d", port);
    question->hints.ai_socktype = SOCK_STREAM;
    question->request = (struct gaicb){
        .ar_name = question->host, .ar_service = question->service, .ar_request = &question->hints};
    struct gaicb *list[] = {&question->request};
    *code = getaddrinfo_a(GAI_NOWAIT, list, 1, NULL);
    if (*code) {
        free(question);
        return NULL;
    }
    int state;
    while ((state = gai_error(list[0])) == EAI_INPROGRESS) {
        int left = milliseconds_left(until);
        struct timespec time = {left / 1000, left % 1000 * 1000000L};
        if (left == 0) {
            // What cannot be cancelled is still written to: it has to stay.
            if (gai_cancel(list[0]) == EAI_CANCELED) free(question);
            *code = 0;
            return NULL;
        }
        gai_suspend((const struct gaicb *const *)list, 1, &time);
    }
    struct addrinfo *found = question->request.ar_result;
    free(question);
    *code = state;
    return state ? NULL : found;
}

// A connected socket, or -errno.
static int try_address(const struct addrinfo *address, int64_t until) {
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -errno;
    int failed = connect(fd, address->ai_addr, address->ai_addrlen) ? errno : 0;
    while (failed == EINPROGRESS) {
        struct pollfd one = {fd, POLLOUT, 0};
        int left = milliseconds_left(until);
        int ready = left ? poll(&one, 1, left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            failed = ready < 0 ? errno : ETIMEDOUT;
            break;
        }
        socklen_t size = sizeof failed;
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size)) failed = errno;
    }
    if (!failed) return fd;
    close(fd);
    return -failed;
}

int csystem_reach(const char *host, int port, int64_t milliseconds, char *reason, size_t size) {
    int64_t until = csystem_boot_clock() + milliseconds * 1000000;
    int code = 0;
    struct addrinfo *addresses = resolve(host, port, until, &code);
    if (!addresses) {
        snprintf(reason, size, "%s", code ? gai_strerror(code) : "no name server answers");
        return CSYSTEM_NOT_RESOLVED;
    }
    int reached = -ENOENT;
    for (const struct addrinfo *each = addresses; each && reached < 0; each = each->ai_next) {
        reached = try_address(each, until);
    }
    freeaddrinfo(addresses);
    if (reached < 0) csystem_error_text(-reached, reason, size);
    return reached;
}
