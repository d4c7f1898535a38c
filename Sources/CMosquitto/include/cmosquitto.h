#pragma once
// An opaque border around libmosquitto: no header of the library reaches Swift.
#include <stddef.h>
#include <stdint.h>

typedef struct cmosquitto_client cmosquitto_client;

typedef struct {
    const char *host;
    int port;
    const char *client_id;
    const char *username, *password;  // NULL: without
    int is_version_5;  // otherwise 3.1.1
    int keep_alive_seconds;
    void *tls;  // an SSL_CTX of OpenSSL, kept by the caller until `released`; NULL: no TLS
} cmosquitto_settings;

enum {
    CMOSQUITTO_GOODBYE = 0,   // as was asked for
    CMOSQUITTO_NOT_REACHED,
    CMOSQUITTO_TLS_FAILED,
    CMOSQUITTO_HUNG_UP,       // by the other side, or the network
    CMOSQUITTO_BAD_PROTOCOL,  // what came is no MQTT
    CMOSQUITTO_MISUSED,
};

// Called on the client's thread, in this order: `connected` at most once, the three in between, `closed` once, `released`
// once and last.
typedef struct {
    void (*connected)(void *context, int reason);  // of CONNACK; 0: accepted
    void (*subscribed)(void *context, int message, int reason);
    void (*published)(void *context, int message, int reason);
    void (*received)(void *context, const char *topic, const uint8_t *payload, size_t count);
    // `reason`: what the broker gave in its goodbye, 0 when none; `words`: the library's.
    void (*closed)(void *context, int outcome, int reason, const char *words);
    void (*released)(void *context);
} cmosquitto_events;

// Why the library cannot be loaded; NULL when it is there. It is loaded by the first call of this or of `cmosquitto_start`.
const char *cmosquitto_missing(void);
// Connects on a thread of its own, once: nothing is tried again. A host that does not answer keeps the thread, and nobody
// else, until the system gives up. Copies the settings. NULL on failure, without any event.
cmosquitto_client *cmosquitto_start(
    const cmosquitto_settings *settings, const cmosquitto_events *events, void *context);
// Sends a request and gives the number that its answer will have; negative when it cannot be sent.
int cmosquitto_subscribe(cmosquitto_client *client, const char *topic);
int cmosquitto_publish(cmosquitto_client *client, const char *topic, const uint8_t *payload, size_t count);
// Says goodbye and ends; `closed` follows.
void cmosquitto_stop(cmosquitto_client *client);
// Lets go of the client; it goes once its thread has ended too. Call `cmosquitto_stop` before.
void cmosquitto_release(cmosquitto_client *client);
