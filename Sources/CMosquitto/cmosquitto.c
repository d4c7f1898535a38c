#include "cmosquitto.h"

#include "library.h"

#include <dlfcn.h>
#include <errno.h>
#include <mqtt_protocol.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct library mosquitto;

struct cmosquitto_client {
    struct mosquitto *connection;  // NULL once it is closed; under the lock
    pthread_mutex_t lock;
    atomic_int holders;  // the caller and the thread
    atomic_bool stopping;
    cmosquitto_events events;
    void *context;
    char *host;
    int port, keep_alive_seconds;
    // The thread's own.
    bool is_accepted;
    int goodbye;
    char last_words[256];
};

// How long the thread looks at nothing but the network, in milliseconds: a stop before the connection stands is seen then.
static const int look_milliseconds = 250;
static const int quality_at_least_once = 1;

static void on_connect(struct mosquitto *m, void *raw, int reason, int flags, const mosquitto_property *properties) {
    (void)m, (void)flags, (void)properties;
    cmosquitto_client *client = raw;
    if (client->is_accepted) return;
    client->is_accepted = reason == 0;
    client->events.connected(client->context, reason);
}

static void on_disconnect(struct mosquitto *m, void *raw, int reason, const mosquitto_property *properties) {
    (void)m, (void)properties;
    cmosquitto_client *client = raw;
    // Smaller numbers are the library's own; they come back from its loop too.
    if (reason >= 0x80) client->goodbye = reason;
}

static void on_publish(struct mosquitto *m, void *raw, int message, int reason, const mosquitto_property *properties) {
    (void)m, (void)properties;
    cmosquitto_client *client = raw;
    client->events.published(client->context, message, reason);
}

static void on_subscribe(
    struct mosquitto *m, void *raw, int message, int count, const int *granted, const mosquitto_property *properties
) {
    (void)m, (void)properties;
    cmosquitto_client *client = raw;
    client->events.subscribed(client->context, message, count > 0 ? granted[0] : 0x80);
}

static void on_message(struct mosquitto *m, void *raw, const struct mosquitto_message *message) {
    (void)m;
    cmosquitto_client *client = raw;
    client->events.received(client->context, message->topic, message->payload, (size_t)message->payloadlen);
}

static void on_log(struct mosquitto *m, void *raw, int level, const char *text) {
    (void)m;
    cmosquitto_client *client = raw;
    if (level != MOSQ_LOG_ERR && level != MOSQ_LOG_WARNING) return;
    snprintf(client->last_words, sizeof client->last_words, "%s", text);
}

static int outcome_of(int code, int system) {
    switch (code) {
    case MOSQ_ERR_SUCCESS: return CMOSQUITTO_GOODBYE;
    case MOSQ_ERR_TLS:
    case MOSQ_ERR_TLS_HANDSHAKE: return CMOSQUITTO_TLS_FAILED;
    case MOSQ_ERR_PROTOCOL:
    case MOSQ_ERR_MALFORMED_PACKET:
    case MOSQ_ERR_MALFORMED_UTF8:
    case MOSQ_ERR_DUPLICATE_PROPERTY: return CMOSQUITTO_BAD_PROTOCOL;
    case MOSQ_ERR_NOMEM:
    case MOSQ_ERR_INVAL:
    case MOSQ_ERR_NOT_SUPPORTED: return CMOSQUITTO_MISUSED;
    case MOSQ_ERR_EAI:
    case MOSQ_ERR_LOOKUP: return CMOSQUITTO_NOT_REACHED;
    case MOSQ_ERR_ERRNO:
        // What was never reached cannot hang up.
        return system == ECONNREFUSED || system == EHOSTUNREACH || system == ENETUNREACH || system == ETIMEDOUT
            ? CMOSQUITTO_NOT_REACHED : CMOSQUITTO_HUNG_UP;
    default: return CMOSQUITTO_HUNG_UP;
    }
}

static void let_go(cmosquitto_client *client) {
    if (atomic_fetch_sub(&client->holders, 1) > 1) return;
    pthread_mutex_destroy(&client->lock);
    free(client->host);
    free(client);
}

static void *run(void *raw) {
    cmosquitto_client *client = raw;
    // Signals are for other threads; a write to a peer that has gone would end the program by one.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    errno = 0;
    int code = mosquitto.connect(client->connection, client->host, client->port, client->keep_alive_seconds);
    int system = errno;
    while (code == MOSQ_ERR_SUCCESS && !atomic_load(&client->stopping)) {
        errno = 0;
        code = mosquitto.loop(client->connection, look_milliseconds, 1);
        system = errno;
    }
    // The goodbye was queued before the stop could be seen: this sends it.
    if (code == MOSQ_ERR_SUCCESS) mosquitto.loop(client->connection, 0, 1);
    int outcome = atomic_load(&client->stopping) ? CMOSQUITTO_GOODBYE : outcome_of(code, system);
    const char *words = client->last_words;
    if (!words[0]) words = code == MOSQ_ERR_ERRNO ? strerror(system) : mosquitto.strerror(code);
    client->events.closed(client->context, outcome, client->goodbye, words);
    pthread_mutex_lock(&client->lock);
    struct mosquitto *connection = client->connection;
    client->connection = NULL;
    pthread_mutex_unlock(&client->lock);
    mosquitto.destroy(connection);
    client->events.released(client->context);
    let_go(client);
    return NULL;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[256];

static void load(void) {
    void *library = dlopen("libmosquitto.so.1", RTLD_LAZY | RTLD_LOCAL);
    // The pointer of a function that is not there would be called: all of them, or none.
#define CMOSQUITTO_LOAD(name) \
    if (!library || !(*(void **)&mosquitto.name = dlsym(library, "mosquitto_" #name))) { \
        snprintf(missing, sizeof missing, "%s", dlerror()); \
        return; \
    }
    CMOSQUITTO_FUNCTIONS(CMOSQUITTO_LOAD)
    mosquitto.lib_init();
}

const char *cmosquitto_missing(void) {
    pthread_once(&once, load);
    return missing[0] ? missing : NULL;
}

static bool configure(cmosquitto_client *client, const cmosquitto_settings *settings) {
    struct mosquitto *m = client->connection;
    mosquitto.connect_v5_callback_set(m, on_connect);
    mosquitto.disconnect_v5_callback_set(m, on_disconnect);
    mosquitto.publish_v5_callback_set(m, on_publish);
    mosquitto.subscribe_v5_callback_set(m, on_subscribe);
    mosquitto.message_callback_set(m, on_message);
    mosquitto.log_callback_set(m, on_log);
    int version = settings->is_version_5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311;
    return mosquitto.int_option(m, MOSQ_OPT_PROTOCOL_VERSION, version) == MOSQ_ERR_SUCCESS
        && mosquitto.int_option(m, MOSQ_OPT_TCP_NODELAY, 1) == MOSQ_ERR_SUCCESS
        && mosquitto.threaded_set(m, true) == MOSQ_ERR_SUCCESS
        && (!settings->username
            || mosquitto.username_pw_set(m, settings->username, settings->password) == MOSQ_ERR_SUCCESS)
        // The context is used as it is given: with the library's defaults it would believe files of its own choice.
        && mosquitto.int_option(m, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0) == MOSQ_ERR_SUCCESS
        && (!settings->tls || mosquitto.void_option(m, MOSQ_OPT_SSL_CTX, settings->tls) == MOSQ_ERR_SUCCESS);
}

cmosquitto_client *cmosquitto_start(
    const cmosquitto_settings *settings, const cmosquitto_events *events, void *context
) {
    if (cmosquitto_missing()) return NULL;
    cmosquitto_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->events = *events;
    client->context = context;
    client->host = strdup(settings->host);
    client->port = settings->port;
    client->keep_alive_seconds = settings->keep_alive_seconds;
    client->connection = mosquitto.new(settings->client_id, true, client);
    atomic_init(&client->holders, 2);
    pthread_mutex_init(&client->lock, NULL);
    pthread_t thread;
    if (!client->host || !client->connection || !configure(client, settings)
        || pthread_create(&thread, NULL, run, client)) {
        if (client->connection) mosquitto.destroy(client->connection);
        atomic_store(&client->holders, 1);
        let_go(client);
        return NULL;
    }
    pthread_detach(thread);
    return client;
}

int cmosquitto_subscribe(cmosquitto_client *client, const char *topic) {
    int message = -1;
    pthread_mutex_lock(&client->lock);
    bool sent = client->connection
        && mosquitto.subscribe(client->connection, &message, topic, quality_at_least_once) == MOSQ_ERR_SUCCESS;
    pthread_mutex_unlock(&client->lock);
    return sent ? message : -1;
}

int cmosquitto_publish(cmosquitto_client *client, const char *topic, const uint8_t *payload, size_t count) {
    int message = -1;
    pthread_mutex_lock(&client->lock);
    bool sent = client->connection
        && mosquitto.publish(
               client->connection, &message, topic, (int)count, payload, quality_at_least_once, false)
            == MOSQ_ERR_SUCCESS;
    pthread_mutex_unlock(&client->lock);
    return sent ? message : -1;
}

void cmosquitto_stop(cmosquitto_client *client) {
    pthread_mutex_lock(&client->lock);
    // Queued, it also wakes the thread.
    if (client->connection) mosquitto.disconnect(client->connection);
    atomic_store(&client->stopping, true);
    pthread_mutex_unlock(&client->lock);
}

void cmosquitto_release(cmosquitto_client *client) { let_go(client); }
