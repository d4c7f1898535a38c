#include "cmicrohttpd.h"

#include "library.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct library mhd;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[256];

static void load(void) {
    void *library = dlopen("libmicrohttpd.so.12", RTLD_LAZY | RTLD_LOCAL);
    // The pointer of a function that is not there would be called: all of them, or none.
#define CMHD_LOAD(name) \
    if (!library || !(*(void **)&mhd.name = dlsym(library, "MHD_" #name))) { \
        snprintf(missing, sizeof missing, "%s", dlerror()); \
        return; \
    }
    CMHD_FUNCTIONS(CMHD_LOAD)
    // The library's own dependency, so it is loaded already. Without it no client shows a certificate.
    void *tls = dlopen("libgnutls.so.30", RTLD_LAZY | RTLD_LOCAL);
    if (tls) *(void **)&mhd.get_peers = dlsym(tls, "gnutls_certificate_get_peers");
}

const char *cmhd_missing(void) {
    pthread_once(&once, load);
    return missing[0] ? missing : NULL;
}

struct cmhd_server {
    struct MHD_Daemon *daemon;
    cmhd_handler handler;
    void *context;
    size_t body_limit;
    uint16_t port;
    bool asks_clients;
    pthread_mutex_t lock;
    pthread_cond_t idle;
    unsigned due;  // requests handed to the handler whose answer is not out yet
};

struct cmhd_request {
    cmhd_server *server;
    struct MHD_Connection *connection;
    char *target;
    char *method;
    uint8_t *body;
    size_t count, capacity;
    uint8_t *certificate;
    size_t certificate_count;
    uint8_t address[16];
    size_t address_count;
    bool too_large, handed_over;
    struct MHD_Response *response;  // set once answered
    unsigned status;
};

// The target is wanted as sent, before the library decodes anything, so that Swift alone decides what an escape means.
static void *on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)context;
    (void)connection;
    cmhd_request *request = calloc(1, sizeof *request);
    if (request) request->target = strdup(target);
    return request;
}

static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result take_body(cmhd_request *request, const char *bytes, size_t count) {
    if (request->too_large || count > request->server->body_limit - request->count) {
        request->too_large = true;
        return MHD_YES;
    }
    if (request->count + count > request->capacity) {
        size_t capacity = (request->count + count) * 2;
        uint8_t *body = realloc(request->body, capacity);
        if (!body) return MHD_NO;
        request->body = body;
        request->capacity = capacity;
    }
    memcpy(request->body + request->count, bytes, count);
    request->count += count;
    return MHD_YES;
}

// Copies the client's address: the connection may end while the request is answered.
static void take_address(cmhd_request *request) {
    const union MHD_ConnectionInfo *info =
        mhd.get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return;
    if (info->client_addr->sa_family == AF_INET) {
        memcpy(request->address, &((const struct sockaddr_in *)info->client_addr)->sin_addr, 4);
        request->address_count = 4;
    } else if (info->client_addr->sa_family == AF_INET6) {
        memcpy(request->address, &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr, 16);
        request->address_count = 16;
    }
}

// Copies the client's certificate: the session may end while the request is answered.
static bool take_certificate(cmhd_request *request) {
    if (!mhd.get_peers) return true;
    const union MHD_ConnectionInfo *info =
        mhd.get_connection_info(request->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (!info || !info->tls_session) return true;
    unsigned count = 0;
    const struct cmhd_datum *chain = mhd.get_peers((void *)info->tls_session, &count);
    if (!chain || !count || !chain[0].size) return true;
    request->certificate = malloc(chain[0].size);
    if (!request->certificate) return false;
    memcpy(request->certificate, chain[0].data, chain[0].size);
    request->certificate_count = chain[0].size;
    return true;
}

static enum MHD_Result on_request(
    void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **state
) {
    (void)url;
    (void)version;
    cmhd_server *server = context;
    cmhd_request *request = *state;
    if (!request || !request->target) return MHD_NO;
    if (!request->connection) {
        request->server = server;
        request->connection = connection;
        request->method = strdup(method);
        take_address(request);
        if (server->asks_clients && !take_certificate(request)) return MHD_NO;
        return request->method ? MHD_YES : MHD_NO;
    }
    if (*upload_size) {
        enum MHD_Result result = take_body(request, upload, *upload_size);
        *upload_size = 0;
        return result;
    }
    if (request->too_large) {
        struct MHD_Response *empty = mhd.create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
        enum MHD_Result result = mhd.queue_response(connection, MHD_HTTP_CONTENT_TOO_LARGE, empty);
        mhd.destroy_response(empty);
        return result;
    }
    if (request->response) return mhd.queue_response(connection, request->status, request->response);
    if (request->handed_over) return MHD_YES;
    request->handed_over = true;
    pthread_mutex_lock(&server->lock);
    server->due++;
    pthread_mutex_unlock(&server->lock);
    mhd.suspend_connection(connection);
    server->handler(server->context, request);
    return MHD_YES;
}

static void on_finished(
    void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode reason
) {
    (void)context;
    (void)connection;
    (void)reason;
    cmhd_request *request = *state;
    if (!request) return;
    if (request->handed_over) {
        cmhd_server *server = request->server;
        pthread_mutex_lock(&server->lock);
        server->due--;
        if (!server->due) pthread_cond_broadcast(&server->idle);
        pthread_mutex_unlock(&server->lock);
    }
    if (request->response) mhd.destroy_response(request->response);
    free(request->target);
    free(request->method);
    free(request->body);
    free(request->certificate);
    free(request);
    *state = NULL;
}

static bool parse_address(const cmhd_settings *settings, struct sockaddr_storage *out) {
    memset(out, 0, sizeof *out);
    struct sockaddr_in *v4 = (struct sockaddr_in *)out;
    if (inet_pton(AF_INET, settings->address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(settings->port);
        return true;
    }
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
    if (inet_pton(AF_INET6, settings->address, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(settings->port);
        return true;
    }
    return false;
}

static void free_server(cmhd_server *server) {
    pthread_mutex_destroy(&server->lock);
    pthread_cond_destroy(&server->idle);
    free(server);
}

cmhd_server *cmhd_start(const cmhd_settings *settings, cmhd_handler handler, void *context) {
    if (cmhd_missing()) {
        errno = ELIBACC;
        return NULL;
    }
    struct sockaddr_storage address;
    if (!parse_address(settings, &address)) {
        errno = EINVAL;
        return NULL;
    }
    cmhd_server *server = calloc(1, sizeof *server);
    if (!server) return NULL;
    server->handler = handler;
    server->context = context;
    server->body_limit = settings->body_limit;
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->idle, NULL);

    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    if (address.ss_family == AF_INET6) flags |= MHD_USE_IPv6;
    struct MHD_OptionItem options[16] = {
        {MHD_OPTION_SOCK_ADDR, 0, &address},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)keep_escapes, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_finished, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, settings->connection_limit, NULL},
    };
    int next = 6;
    if (settings->certificate) {
        flags |= MHD_USE_TLS;
        options[next++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificate};
        options[next++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->key};
        // What makes the library ask; whom it names plays no part, since nothing is verified with it.
        if (settings->ask_clients) {
            server->asks_clients = true;
            options[next++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)settings->ask_clients};
        }
        options[next++] = (struct MHD_OptionItem){
            MHD_OPTION_HTTPS_PRIORITIES, 0, "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"};
    }
    options[next] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    server->daemon = mhd.start_daemon(
        flags, settings->port, NULL, NULL, on_request, server, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (!server->daemon) {
        int saved = errno;
        free_server(server);
        errno = saved;
        return NULL;
    }
    const union MHD_DaemonInfo *info = mhd.get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info ? info->port : settings->port;
    return server;
}

uint16_t cmhd_port(const cmhd_server *server) { return server->port; }

void cmhd_stop(cmhd_server *server) {
    MHD_socket listening = mhd.quiesce_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET) close(listening);
    pthread_mutex_lock(&server->lock);
    while (server->due) pthread_cond_wait(&server->idle, &server->lock);
    pthread_mutex_unlock(&server->lock);
    mhd.stop_daemon(server->daemon);
    free_server(server);
}

const char *cmhd_method(const cmhd_request *request) { return request->method; }

const char *cmhd_target(const cmhd_request *request) { return request->target; }

size_t cmhd_address(const cmhd_request *request, uint8_t address[16]) {
    memcpy(address, request->address, request->address_count);
    return request->address_count;
}

const uint8_t *cmhd_certificate(const cmhd_request *request, size_t *count) {
    *count = request->certificate_count;
    return request->certificate;
}

const uint8_t *cmhd_body(const cmhd_request *request, size_t *count) {
    *count = request->count;
    return request->body;
}

struct header_walk {
    cmhd_header each;
    void *context;
};

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct header_walk *walk = context;
    walk->each(walk->context, name, value ? value : "");
    return MHD_YES;
}

void cmhd_each_header(const cmhd_request *request, cmhd_header each, void *context) {
    struct header_walk walk = {each, context};
    mhd.get_connection_values(request->connection, MHD_HEADER_KIND, on_header, &walk);
}

void cmhd_answer(
    cmhd_request *request, unsigned status, const char *const *headers, size_t header_count, const uint8_t *body,
    size_t count
) {
    struct MHD_Response *response =
        mhd.create_response_from_buffer(count, (void *)(count ? body : (const uint8_t *)""), MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; response && i < header_count; i++) {
        mhd.add_response_header(response, headers[2 * i], headers[2 * i + 1]);
    }
    request->response = response;
    request->status = status;
    // After the connection is resumed the request may be freed at any moment.
    mhd.resume_connection(request->connection);
}
