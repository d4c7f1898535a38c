#include "ctlshandshake.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

static X509 *certificate(const char *pem) {
    BIO *bio = BIO_new_mem_buf(pem, -1);
    X509 *read = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return read;
}

static EVP_PKEY *plain_key(const char *pem) {
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *read = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return read;
}

static SSL_CTX *side(const SSL_METHOD *method, const char *root, const char *own, EVP_PKEY *key, int version) {
    SSL_CTX *context = SSL_CTX_new(method);
    X509 *trusted = certificate(root), *leaf = certificate(own);
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted);
    // The certificates are of a fixed day.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    int is_ready = key && leaf && SSL_CTX_use_certificate(context, leaf) == 1 &&
                   SSL_CTX_use_PrivateKey(context, key) == 1 && SSL_CTX_check_private_key(context) == 1;
    X509_free(trusted);
    X509_free(leaf);
    if (is_ready) return context;
    SSL_CTX_free(context);
    return NULL;
}

static void shake(SSL *server, SSL *client, char *name, int room) {
    BIO *near, *far;
    BIO_new_bio_pair(&near, 0, &far, 0);
    SSL_set_bio(server, near, near);
    SSL_set_bio(client, far, far);
    SSL_set_accept_state(server);
    SSL_set_connect_state(client);
    int is_done = 0;
    for (int turn = 0; turn < 20 && !is_done; turn++) {
        int asked = SSL_do_handshake(client), answered = SSL_do_handshake(server);
        is_done = asked == 1 && answered == 1;
    }
    X509 *peer = SSL_get1_peer_certificate(server);
    if (is_done && peer && SSL_get_verify_result(server) == X509_V_OK) {
        X509_NAME_get_text_by_NID(X509_get_subject_name(peer), NID_commonName, name, room);
    }
    X509_free(peer);
}

char *ctls_verified_client(const ctls_sides *sides, int is_13) {
    int version = is_13 ? TLS1_3_VERSION : TLS1_2_VERSION;
    char name[256] = "";
    EVP_PKEY *server_key = plain_key(sides->server_key);
    SSL_CTX *serving = side(TLS_server_method(), sides->root, sides->server_certificate, server_key, version);
    SSL_CTX *asking = side(TLS_client_method(), sides->root, sides->certificate, sides->key, version);
    if (serving && asking) {
        SSL *server = SSL_new(serving), *client = SSL_new(asking);
        shake(server, client, name, sizeof name);
        SSL_free(server);
        SSL_free(client);
    }
    SSL_CTX_free(serving);
    SSL_CTX_free(asking);
    EVP_PKEY_free(server_key);
    return strdup(name);
}
