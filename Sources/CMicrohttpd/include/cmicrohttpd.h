#pragma once
// An opaque border around libmicrohttpd: no header of the library reaches Swift.
#include <stddef.h>
#include <stdint.h>

typedef struct cmhd_server cmhd_server;
typedef struct cmhd_request cmhd_request;

typedef struct {
    const char *address;      // numeric IPv4 or IPv6
    uint16_t port;            // 0: any free one
    const char *certificate;  // PEM chain, or NULL for plain HTTP
    const char *key;          // PEM
    const char *ask_clients;  // PEM of any authority: clients are asked for a certificate and may have none; or NULL
    size_t body_limit;        // bytes; a longer body is answered by 413 before the handler
    unsigned idle_seconds;
    unsigned connection_limit;
} cmhd_settings;

// Called on the server's thread with a whole request; it is answered later by cmhd_answer, from any thread.
typedef void (*cmhd_handler)(void *context, cmhd_request *request);

// Why the library cannot be loaded; NULL when it is there. It is loaded by the first call of this or of `cmhd_start`.
const char *cmhd_missing(void);
// NULL on failure, with errno set where the system said why.
cmhd_server *cmhd_start(const cmhd_settings *settings, cmhd_handler handler, void *context);
uint16_t cmhd_port(const cmhd_server *server);
// Takes no new connection, waits for answers that are due, then frees the server.
void cmhd_stop(cmhd_server *server);

const char *cmhd_method(const cmhd_request *request);
const char *cmhd_target(const cmhd_request *request);  // as sent, with the query
// The certificate that the client proved to have the key of, DER; NULL without one. Who made it was not looked at.
const uint8_t *cmhd_certificate(const cmhd_request *request, size_t *count);
// The address of the other side into `address`, 4 or 16 bytes in network order; how many, 0 where it is not known.
size_t cmhd_address(const cmhd_request *request, uint8_t address[16]);
const uint8_t *cmhd_body(const cmhd_request *request, size_t *count);
typedef void (*cmhd_header)(void *context, const char *name, const char *value);
void cmhd_each_header(const cmhd_request *request, cmhd_header each, void *context);

// Answers once; copies everything. `headers` is name, value, name, value …
void cmhd_answer(
    cmhd_request *request, unsigned status, const char *const *headers, size_t header_count, const uint8_t *body,
    size_t count);
