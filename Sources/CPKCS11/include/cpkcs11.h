#pragma once
// An opaque border around modules that speak PKCS #11 (Cryptoki 2.40): none of its types reaches Swift.
//
// Every function loads the module, signs in to one token, does one thing and lets go of it. They may be called from any
// thread. A module that was loaded stays, as most cannot be loaded twice.
#include <stddef.h>
#include <stdint.h>

enum cpkcs11_outcome {
    CPKCS11_DONE = 0,
    CPKCS11_NO_MODULE,   // the file cannot be loaded, or is no such module
    CPKCS11_NO_TOKEN,    // no token answers to the description
    CPKCS11_TWO_TOKENS,  // several do
    CPKCS11_WRONG_PIN,   // counted by the token
    CPKCS11_LOCKED_OUT,  // nothing was tried
    CPKCS11_NO_KEY,
    CPKCS11_TWO_KEYS,
    CPKCS11_OTHER_KEY,   // it is of neither curve, or does not say its public half
    CPKCS11_REFUSED,     // by the module, with `code`
};

typedef struct {
    enum cpkcs11_outcome outcome;
    unsigned long code;  // CK_RV of the module; 0 when there is none
} cpkcs11_result;

// Which key is meant. A text that is NULL and an id without bytes say nothing.
typedef struct {
    const char *module;                      // path of the shared library
    const char *token, *serial, *manufacturer, *model;  // labels of the token
    const char *object;                      // label of the key
    const uint8_t *id;                       // CKA_ID of the key
    size_t id_count;
    const uint8_t *pin;
    size_t pin_count;
} cpkcs11_key;

enum cpkcs11_curve { CPKCS11_P256, CPKCS11_P384 };

// The public half of a key: a point that is not compressed, 1 + 2 × 32 or 1 + 2 × 48 bytes by the curve.
typedef struct {
    enum cpkcs11_curve curve;
    size_t count;
    uint8_t bytes[97];
} cpkcs11_point;

// Of ECDSA: r and s, 2 × 32 or 2 × 48 bytes by the curve.
typedef struct {
    size_t count;
    uint8_t bytes[96];
} cpkcs11_signature;

cpkcs11_result cpkcs11_read_point(const cpkcs11_key *key, cpkcs11_point *point);
// Makes a key in the token that signs and never leaves it, with the object's label and the id.
cpkcs11_result cpkcs11_make_key(const cpkcs11_key *key, enum cpkcs11_curve curve, cpkcs11_point *point);
// ECDSA of a digest, which has as many bytes as a coordinate of the key's curve.
cpkcs11_result cpkcs11_sign(const cpkcs11_key *key, const uint8_t *digest, size_t count, cpkcs11_signature *signature);
// Why the module of the last `CPKCS11_NO_MODULE` in this thread could not be loaded.
const char *cpkcs11_load_failure(void);
