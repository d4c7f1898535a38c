#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
// EVP_PKEY_Q_keygen is variadic.
static inline EVP_PKEY *cossl_generate_ec(const char *curve) { return EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve); }
static inline EVP_PKEY *cossl_generate_rsa(size_t bits) { return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits); }
static inline EVP_PKEY *cossl_generate(const char *type) { return EVP_PKEY_Q_keygen(NULL, NULL, type); }
// Macros with casts or calls inside.
static inline long cossl_memory(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }
static inline int cossl_gcm_tag(EVP_CIPHER_CTX *context, int set, void *tag) {
    return EVP_CIPHER_CTX_ctrl(context, set ? EVP_CTRL_AEAD_SET_TAG : EVP_CTRL_AEAD_GET_TAG, 16, tag);
}
// Typed stacks are macros all the way down.
static inline void cossl_extensions_free(STACK_OF(X509_EXTENSION) *stack) {
    sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free);
}
static inline int cossl_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *cossl_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}
// The text of a DNS or URI name, which sits in a union. NULL for other kinds.
static inline const ASN1_STRING *cossl_name_text(const GENERAL_NAME *name) {
    return name->type == GEN_DNS || name->type == GEN_URI ? name->d.ia5 : NULL;
}
static inline int cossl_name_kind(const GENERAL_NAME *name) { return name->type; }
static inline STACK_OF(X509) *cossl_certificates_new(void) { return sk_X509_new_null(); }
static inline int cossl_certificates_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline void cossl_certificates_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline int cossl_purposes_count(const EXTENDED_KEY_USAGE *purposes) { return sk_ASN1_OBJECT_num(purposes); }
static inline ASN1_OBJECT *cossl_purposes_at(const EXTENDED_KEY_USAGE *purposes, int index) {
    return sk_ASN1_OBJECT_value(purposes, index);
}
// A name as RFC 4514 writes it, in UTF-8. The flags are a macro of macros.
static inline int cossl_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0;
}

// --- Status of certificates ---

static inline int cossl_points_count(const CRL_DIST_POINTS *points) { return sk_DIST_POINT_num(points); }
// The full names of a distribution point, which sit in a union. NULL when it has none.
static inline GENERAL_NAMES *cossl_point_names(const CRL_DIST_POINTS *points, int index) {
    const DIST_POINT *point = sk_DIST_POINT_value(points, index);
    return point->distpoint && point->distpoint->type == 0 ? point->distpoint->name.fullname : NULL;
}
static inline int cossl_accesses_count(const AUTHORITY_INFO_ACCESS *list) { return sk_ACCESS_DESCRIPTION_num(list); }
static inline int cossl_access_method(const AUTHORITY_INFO_ACCESS *list, int index) {
    return OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(list, index)->method);
}
static inline GENERAL_NAME *cossl_access_location(const AUTHORITY_INFO_ACCESS *list, int index) {
    return sk_ACCESS_DESCRIPTION_value(list, index)->location;
}
// Signs with a time of the caller's: the library would take the machine's. The field has no setter.
static inline int cossl_sign_status(OCSP_BASICRESP *answer, X509 *signer, EVP_PKEY *key, const EVP_MD *digest, time_t at) {
    ASN1_GENERALIZEDTIME *made = (ASN1_GENERALIZEDTIME *)OCSP_resp_get0_produced_at(answer);
    return ASN1_GENERALIZEDTIME_set(made, at) && OCSP_basic_sign(answer, signer, key, digest, NULL, OCSP_NOTIME);
}
// PKCS #7, closed like the library's other types: its certificates sit in a union, and are NULL in other envelopes.
typedef struct cossl_set cossl_set;
static inline cossl_set *cossl_read_set(const unsigned char **position, long count) {
    return (cossl_set *)d2i_PKCS7(NULL, position, count);
}
static inline void cossl_free_set(cossl_set *set) { PKCS7_free((PKCS7 *)set); }
static inline const STACK_OF(X509) *cossl_set_certificates(const cossl_set *set) {
    const PKCS7 *envelope = (const PKCS7 *)set;
    return OBJ_obj2nid(envelope->type) == NID_pkcs7_signed && envelope->d.sign ? envelope->d.sign->cert : NULL;
}

// --- TLS ---

// What the library tells in callbacks while a connection is made, kept with its context: one context for one connection.
typedef struct {
    int verify_error;  // the first thing that is wrong with the peer's chain; 0: nothing
    X509 *wrong;       // the certificate that it is wrong with
    int alert_received, alert_sent;  // the last of each; -1: none
    int certificate_requested;       // whether the peer asked for a client certificate
    STACK_OF(X509) *chain;           // what the peer presented, its own certificate first
} cossl_observer;

static inline cossl_observer *cossl_observer_of(const SSL *ssl) {
    return (cossl_observer *)SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0);
}
static inline int cossl_on_verify(int is_good, X509_STORE_CTX *chain) {
    SSL *ssl = (SSL *)X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
    cossl_observer *observer = cossl_observer_of(ssl);
    STACK_OF(X509) *presented = X509_STORE_CTX_get0_untrusted(chain);
    if (!observer->chain && presented) observer->chain = X509_chain_up_ref(presented);
    if (!is_good && !observer->verify_error) {
        observer->verify_error = X509_STORE_CTX_get_error(chain);
        observer->wrong = X509_STORE_CTX_get_current_cert(chain);
        if (observer->wrong) X509_up_ref(observer->wrong);
    }
    return is_good;
}
static inline void cossl_on_information(const SSL *ssl, int where, int value) {
    if (!(where & SSL_CB_ALERT)) return;
    if (where & SSL_CB_READ) cossl_observer_of(ssl)->alert_received = value & 0xFF;
    else cossl_observer_of(ssl)->alert_sent = value & 0xFF;
}
static inline int cossl_on_certificate_request(SSL *ssl, void *unused) {
    (void)unused;
    cossl_observer_of(ssl)->certificate_requested = 1;
    return 1;
}
// NULL when there is no memory. It goes with `cossl_observer_free`, after its context.
static inline cossl_observer *cossl_observe(SSL_CTX *context) {
    cossl_observer *observer = (cossl_observer *)calloc(1, sizeof *observer);
    if (!observer) return NULL;
    observer->alert_received = observer->alert_sent = -1;
    SSL_CTX_set_ex_data(context, 0, observer);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, cossl_on_verify);
    SSL_CTX_set_info_callback(context, cossl_on_information);
    SSL_CTX_set_cert_cb(context, cossl_on_certificate_request, NULL);
    return observer;
}
static inline void cossl_observer_free(cossl_observer *observer) {
    if (!observer) return;
    X509_free(observer->wrong);
    sk_X509_pop_free(observer->chain, X509_free);
    free(observer);
}
static inline int cossl_certificates_count(const STACK_OF(X509) *stack) { return stack ? sk_X509_num(stack) : 0; }
static inline X509 *cossl_certificates_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
// Macros around SSL_ctrl and SSL_CTX_ctrl.
static inline int cossl_minimum_tls_1_2(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}
static inline int cossl_add_chain(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}
static inline int cossl_name_server(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }
// Whether the last error of this thread says that both sides have no version of TLS in common. ERR_GET_REASON is a macro.
static inline int cossl_last_is_too_old(void) {
    int reason = ERR_GET_REASON(ERR_peek_last_error());
    return reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_VERSION_TOO_LOW;
}
