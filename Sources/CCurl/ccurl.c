#include "ccurl.h"

#include "library.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct library curl;

// One call, from being handed over to being finished.
typedef struct transfer {
    struct transfer *next;
    uint64_t id;
    CURL *easy;
    struct curl_slist *headers;
    char error[CURL_ERROR_SIZE];
    uint8_t *body;
    size_t body_count, body_capacity, reply_limit;
    char *head;
    size_t head_count, head_capacity;
    bool too_large;
} transfer;

struct ccurl_client {
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;
    transfer *added;  // handed over, not yet seen by the thread
    uint64_t *cancelled;
    size_t cancelled_count, cancelled_capacity;
    bool stopping;
    ccurl_finished finished;
    void *context;
    transfer *live;  // the thread's own
};

static const size_t head_limit = 64 * 1024;

static bool append(void **bytes, size_t *count, size_t *capacity, const void *more, size_t size) {
    if (*count + size > *capacity) {
        size_t wanted = (*count + size) * 2;
        void *grown = realloc(*bytes, wanted);
        if (!grown) return false;
        *bytes = grown;
        *capacity = wanted;
    }
    memcpy((char *)*bytes + *count, more, size);
    *count += size;
    return true;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    transfer *t = context;
    size_t total = size * count;
    if (total > t->reply_limit - t->body_count) {
        t->too_large = true;
        return 0;
    }
    return append((void **)&t->body, &t->body_count, &t->body_capacity, bytes, total) ? total : 0;
}

static size_t on_head(char *bytes, size_t size, size_t count, void *context) {
    transfer *t = context;
    size_t total = size * count;
    if (total >= 5 && !strncasecmp(bytes, "HTTP/", 5)) t->head_count = 0;  // a 100 or a further answer starts anew
    if (t->head_count + total > head_limit) {
        t->too_large = true;
        return 0;
    }
    return append((void **)&t->head, &t->head_count, &t->head_capacity, bytes, total) ? total : 0;
}

static void set_blob(CURL *easy, CURLoption option, const char *text) {
    struct curl_blob blob = {(void *)text, strlen(text), CURL_BLOB_COPY};
    curl.easy_setopt(easy, option, &blob);
}

static int has_header(const ccurl_call *call, const char *name) {
    for (size_t i = 0; i < call->header_count; i++)
        if (!strncasecmp(call->headers[i], name, strlen(name))) return 1;
    return 0;
}

static void configure(transfer *t, const ccurl_call *call) {
    CURL *easy = t->easy;
    curl.easy_setopt(easy, CURLOPT_URL, call->url);
    curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method);
    curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, call->allow_plain ? "http,https" : "https");
    curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl.easy_setopt(easy, CURLOPT_PROXY, "");
    curl.easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl.easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, call->connect_milliseconds);
    curl.easy_setopt(easy, CURLOPT_TIMEOUT_MS, call->total_milliseconds);
    curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, t->error);
    curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl.easy_setopt(easy, CURLOPT_WRITEDATA, t);
    curl.easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_head);
    curl.easy_setopt(easy, CURLOPT_HEADERDATA, t);
    curl.easy_setopt(easy, CURLOPT_PRIVATE, t);
    if (call->body_count || !strcmp(call->method, "POST")) {
        curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body_count);
        curl.easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, call->body_count ? (const char *)call->body : "");
        curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method);
        t->headers = curl.slist_append(t->headers, "Expect:");  // do not wait for a 100
        if (!has_header(call, "Content-Type:")) t->headers = curl.slist_append(t->headers, "Content-Type:");
    }
    for (size_t i = 0; i < call->header_count; i++) t->headers = curl.slist_append(t->headers, call->headers[i]);
    if (t->headers) curl.easy_setopt(easy, CURLOPT_HTTPHEADER, t->headers);
    if (call->authorities) {
        set_blob(easy, CURLOPT_CAINFO_BLOB, call->authorities);
        curl.easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
    if (call->pinned_key) {
        // The key alone counts: whoever has it is the one meant, whatever name its certificate says and whoever signed it.
        curl.easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, call->pinned_key);
        curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    // What comes without an answer over a kept connection, the library sends again over a new one; over a new one, never.
    if (call->once) curl.easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (call->tell_certificate) curl.easy_setopt(easy, CURLOPT_CERTINFO, 1L);
    if (call->certificate && call->key) {
        curl.easy_setopt(easy, CURLOPT_SSLCERTTYPE, "PEM");
        set_blob(easy, CURLOPT_SSLCERT_BLOB, call->certificate);
        curl.easy_setopt(easy, CURLOPT_SSLKEYTYPE, "PEM");
        set_blob(easy, CURLOPT_SSLKEY_BLOB, call->key);
    }
}

static int outcome_of(const transfer *t, CURLcode code) {
    if (t->too_large) return CCURL_TOO_LARGE;
    switch (code) {
    case CURLE_OK: return CCURL_DONE;
    case CURLE_COULDNT_CONNECT: return CCURL_NOT_CONNECTED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return CCURL_NOT_RESOLVED;
    case CURLE_OPERATION_TIMEDOUT: return CCURL_TIMED_OUT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return CCURL_NOT_TRUSTED;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED: return CCURL_TLS_FAILED;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_FAILED_INIT:
    case CURLE_OUT_OF_MEMORY: return CCURL_MISUSED;
    default: return CCURL_INTERRUPTED;
    }
}

// The first certificate of the chain that the other side sent.
static const char *certificate_of(CURL *easy) {
    struct curl_certinfo *chain = NULL;
    curl.easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
    if (!chain || chain->num_of_certs < 1) return NULL;
    for (struct curl_slist *item = chain->certinfo[0]; item; item = item->next) {
        if (!strncmp(item->data, "Cert:", 5)) return item->data + 5;
    }
    return NULL;
}

static void finish(ccurl_client *client, transfer *t, int outcome, const char *reason) {
    long status = 0;
    long sent = 0;
    curl_off_t total = 0;
    curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl.easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
    curl.easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &total);
    // The request had left on a connection that was kept open and that died; then no new one could be made.
    if (sent > 0 && (outcome == CCURL_NOT_CONNECTED || outcome == CCURL_NOT_RESOLVED)) outcome = CCURL_INTERRUPTED;
    ccurl_result result = {
        .outcome = outcome,
        .sent = sent > 0,
        .status = status,
        .body = t->body,
        .body_count = t->body_count,
        .headers = t->head,
        .headers_count = t->head_count,
        .reason = reason,
        .certificate = certificate_of(t->easy),
        .total_microseconds = total,
    };
    client->finished(client->context, t->id, &result);
    for (transfer **link = &client->live; *link; link = &(*link)->next) {
        if (*link == t) {
            *link = t->next;
            break;
        }
    }
    curl.multi_remove_handle(client->multi, t->easy);
    curl.easy_cleanup(t->easy);
    curl.slist_free_all(t->headers);
    free(t->body);
    free(t->head);
    free(t);
}

// Takes what was handed over since the last time; returns whether to go on.
static bool take_orders(ccurl_client *client) {
    pthread_mutex_lock(&client->lock);
    transfer *added = client->added;
    client->added = NULL;
    uint64_t *cancelled = client->cancelled;
    size_t count = client->cancelled_count;
    client->cancelled = NULL;
    client->cancelled_count = client->cancelled_capacity = 0;
    bool stopping = client->stopping;
    pthread_mutex_unlock(&client->lock);

    while (added) {
        transfer *t = added;
        added = t->next;
        t->next = client->live;
        client->live = t;
        if (curl.multi_add_handle(client->multi, t->easy) != CURLM_OK) {
            finish(client, t, CCURL_MISUSED, "the transfer could not be started");
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (transfer *t = client->live; t; t = t->next) {
            if (t->id == cancelled[i]) {
                finish(client, t, CCURL_CANCELLED, "cancelled");
                break;
            }
        }
    }
    free(cancelled);
    return !stopping;
}

static void *run(void *raw) {
    ccurl_client *client = raw;
    while (take_orders(client)) {
        int running;
        curl.multi_perform(client->multi, &running);
        CURLMsg *message;
        int left;
        while ((message = curl.multi_info_read(client->multi, &left))) {
            if (message->msg != CURLMSG_DONE) continue;
            transfer *t = NULL;
            curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
            CURLcode code = message->data.result;
            finish(client, t, outcome_of(t, code), t->error[0] ? t->error : curl.easy_strerror(code));
        }
        curl.multi_poll(client->multi, NULL, 0, 60000, NULL);
    }
    while (client->live) finish(client, client->live, CCURL_CANCELLED, "stopped");
    return NULL;
}

static pthread_once_t global_once = PTHREAD_ONCE_INIT;
static char missing[256];

// The library copies passwords, tokens and keys into its own memory and frees it as it is. Here it is wiped first.
static void *take(size_t count) { return malloc(count); }
static void *take_zeroed(size_t items, size_t count) { return calloc(items, count); }

static void give_back(void *memory) {
    if (memory) explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

static void *take_more(void *memory, size_t count) {
    void *more = malloc(count);
    if (!more || !memory) return more;
    size_t room = malloc_usable_size(memory);
    memcpy(more, memory, room < count ? room : count);
    give_back(memory);
    return more;
}

static char *copy_text(const char *text) {
    size_t count = strlen(text) + 1;
    char *copy = malloc(count);
    if (copy) memcpy(copy, text, count);
    return copy;
}

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    // The pointer of a function that is not there would be called: all of them, or none.
#define CCURL_LOAD(name) \
    if (!library || !(*(void **)&curl.name = dlsym(library, "curl_" #name))) { \
        snprintf(missing, sizeof missing, "%s", dlerror()); \
        return; \
    }
    CCURL_FUNCTIONS(CCURL_LOAD)
    curl.global_init_mem(CURL_GLOBAL_DEFAULT, take, give_back, take_more, copy_text, take_zeroed);
}

const char *ccurl_missing(void) {
    pthread_once(&global_once, load);
    return missing[0] ? missing : NULL;
}

ccurl_client *ccurl_start(ccurl_finished finished, void *context) {
    if (ccurl_missing()) return NULL;
    ccurl_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->multi = curl.multi_init();
    client->finished = finished;
    client->context = context;
    pthread_mutex_init(&client->lock, NULL);
    if (!client->multi || pthread_create(&client->thread, NULL, run, client)) {
        if (client->multi) curl.multi_cleanup(client->multi);
        free(client);
        return NULL;
    }
    return client;
}

void ccurl_send(ccurl_client *client, uint64_t id, const ccurl_call *call) {
    transfer *t = calloc(1, sizeof *t);
    CURL *easy = t ? curl.easy_init() : NULL;
    if (!easy) {
        free(t);
        ccurl_result result = {.outcome = CCURL_MISUSED, .reason = "out of memory"};
        client->finished(client->context, id, &result);
        return;
    }
    t->id = id;
    t->easy = easy;
    t->reply_limit = call->reply_limit;
    configure(t, call);
    pthread_mutex_lock(&client->lock);
    t->next = client->added;
    client->added = t;
    pthread_mutex_unlock(&client->lock);
    curl.multi_wakeup(client->multi);
}

void ccurl_cancel(ccurl_client *client, uint64_t id) {
    pthread_mutex_lock(&client->lock);
    if (client->cancelled_count == client->cancelled_capacity) {
        size_t capacity = client->cancelled_capacity ? client->cancelled_capacity * 2 : 8;
        uint64_t *grown = realloc(client->cancelled, capacity * sizeof *grown);
        if (grown) {
            client->cancelled = grown;
            client->cancelled_capacity = capacity;
        }
    }
    if (client->cancelled_count < client->cancelled_capacity) client->cancelled[client->cancelled_count++] = id;
    pthread_mutex_unlock(&client->lock);
    curl.multi_wakeup(client->multi);
}

void ccurl_stop(ccurl_client *client) {
    pthread_mutex_lock(&client->lock);
    client->stopping = true;
    pthread_mutex_unlock(&client->lock);
    curl.multi_wakeup(client->multi);
    pthread_join(client->thread, NULL);
    curl.multi_cleanup(client->multi);
    pthread_mutex_destroy(&client->lock);
    free(client->cancelled);
    free(client);
}
