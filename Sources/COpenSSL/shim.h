#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
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
static inline STACK_OF(X509_EXTENSION) *cossl_extensions_new(void) { return sk_X509_EXTENSION_new_null(); }
static inline int cossl_extensions_push(STACK_OF(X509_EXTENSION) *stack, X509_EXTENSION *extension) {
    return sk_X509_EXTENSION_push(stack, extension);
}
static inline void cossl_extensions_free(STACK_OF(X509_EXTENSION) *stack) {
    sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free);
}
static inline GENERAL_NAMES *cossl_names_new(void) { return sk_GENERAL_NAME_new_null(); }
static inline int cossl_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
    return sk_GENERAL_NAME_push(names, name);
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
