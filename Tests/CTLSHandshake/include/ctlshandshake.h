#pragma once
// A TLS handshake within this process, in which the client proves a key that may be held elsewhere.

struct evp_pkey_st;  // EVP_PKEY of OpenSSL

typedef struct {
    struct evp_pkey_st *key;  // the client's, which stays the caller's
    const char *certificate;  // the client's, in PEM like all that follow
    const char *server_certificate, *server_key;
    const char *root;  // of both
} ctls_sides;

// The name of the client as the server verified it, "" when it did not; freed with `free`. `is_13`: TLS 1.3, otherwise 1.2.
char *ctls_verified_client(const ctls_sides *sides, int is_13);
