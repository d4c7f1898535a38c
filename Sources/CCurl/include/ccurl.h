#pragma once
// An opaque border around libcurl: no header of the library reaches Swift.
#include <stddef.h>
#include <stdint.h>

typedef struct ccurl_client ccurl_client;

typedef struct {
    const char *url, *method;
    const char *const *headers;  // "Name: value"
    size_t header_count;
    const uint8_t *body;
    size_t body_count;
    const char *authorities;          // PEM; NULL: the system's store
    const char *pinned_key;           // "sha256//BASE64" of the public key that alone is trusted, or NULL
    const char *certificate, *key;    // PEM of the client, or NULL
    int allow_plain;                  // http:// allowed
    long connect_milliseconds, total_milliseconds;
    size_t reply_limit;  // bytes of body
    int tell_certificate;  // the result is to hold the other side's certificate
    int once;              // never sent a second time by the library, which it does where a kept connection was dead
} ccurl_call;

enum {
    CCURL_DONE = 0,
    CCURL_NOT_CONNECTED,  // nothing left this machine
    CCURL_NOT_RESOLVED,
    CCURL_TIMED_OUT,
    CCURL_NOT_TRUSTED,
    CCURL_TLS_FAILED,
    CCURL_TOO_LARGE,
    CCURL_INTERRUPTED,
    CCURL_CANCELLED,
    CCURL_MISUSED,
};

typedef struct {
    int outcome;
    int sent;  // whether a byte of the request may have reached the other side
    long status;
    const uint8_t *body;
    size_t body_count;
    const char *headers;  // the raw header lines of the last answer
    size_t headers_count;
    const char *reason;
    const char *certificate;  // of the other side, PEM, where it was asked for; NULL without TLS
    int64_t total_microseconds;
} ccurl_result;

// Called once for each call, on the client's thread.
typedef void (*ccurl_finished)(void *context, uint64_t id, const ccurl_result *result);

// Why the library cannot be loaded; NULL when it is there. It is loaded by the first call of this or of `ccurl_start`.
const char *ccurl_missing(void);
// Starts the client's thread; NULL on failure.
ccurl_client *ccurl_start(ccurl_finished finished, void *context);
// Copies everything. The answer comes through `finished`, also after a cancel.
void ccurl_send(ccurl_client *client, uint64_t id, const ccurl_call *call);
void ccurl_cancel(ccurl_client *client, uint64_t id);
// Cancels what is under way, ends the thread and frees the client.
void ccurl_stop(ccurl_client *client);
