#pragma once
// An opaque border around the TPM software stack: none of its types reaches Swift.
//
// Every function that takes `tcti` connects, does one thing, leaves nothing in the TPM and disconnects. They may be
// called from any thread.
#include <stddef.h>
#include <stdint.h>

struct evp_pkey_st;  // EVP_PKEY of OpenSSL

enum ctpm_outcome {
    CTPM_DONE = 0,
    CTPM_NO_LIBRARY,     // the stack is not installed
    CTPM_NO_DEVICE,      // no such device or socket
    CTPM_NOT_PERMITTED,  // it is there, for other users
    CTPM_NOT_REACHED,    // it does not answer as a TPM 2.0
    CTPM_WRONG_PIN,      // counted by the TPM
    CTPM_LOCKED_OUT,     // nothing was tried
    CTPM_NOT_ITS_OWN,    // made by another TPM, or before this one was cleared
    CTPM_MALFORMED,
    CTPM_NOT_OFFERED,    // a kind of key that this TPM does not have
    CTPM_NO_ENDORSEMENT, // the TPM gives no endorsement key
    CTPM_REFUSED,        // by the TPM, with `code`
};

typedef struct {
    enum ctpm_outcome outcome;
    uint32_t code;  // of the TPM or the stack; 0 when there is none
} ctpm_result;

// What only this TPM can load: TPM2B_PUBLIC and TPM2B_PRIVATE as they are marshalled.
typedef struct {
    uint8_t public_part[1024], private_part[2048];
    size_t public_count, private_count;
} ctpm_object;

enum ctpm_kind { CTPM_P256 = 1, CTPM_P384, CTPM_RSA_2048 };

typedef struct {
    char maker[5];
    uint32_t failed_tries, most_tries;  // failed so far, and how many lock it
    uint32_t seconds_a_try;             // after which one failed try is forgotten; 0: never
    uint32_t lockout_seconds;           // after a failure with the lockout password itself
    int is_locked_out;
} ctpm_standing;

enum { CTPM_AUTH_BYTES = 32, CTPM_SECRET_BYTES = 32 };

// Why the stack cannot be loaded; NULL when it is there. It is loaded by the first call that needs it.
const char *ctpm_missing(void);

ctpm_result ctpm_look(const char *tcti, ctpm_standing *standing);
ctpm_result ctpm_make_key(const char *tcti, enum ctpm_kind kind, ctpm_object *object);
// Signs a digest of 32, 48 or 64 bytes: ECDSA in DER, or RSA PKCS #1 1.5. `signature` has room for 512 bytes.
ctpm_result ctpm_sign(
    const char *tcti, const ctpm_object *object, const uint8_t *digest, size_t digest_count, uint8_t *signature,
    size_t *count);
// The bare private operation of an RSA key on a block as long as the key, for paddings that OpenSSL makes (PSS).
ctpm_result ctpm_apply_rsa(
    const char *tcti, const ctpm_object *object, const uint8_t *block, size_t count, uint8_t *result);

// Seals 32 bytes so that they come back for `auth` alone, which the TPM's lockout protects.
ctpm_result ctpm_seal(const char *tcti, const uint8_t *auth, const uint8_t *secret, ctpm_object *object);
ctpm_result ctpm_unseal(const char *tcti, const ctpm_object *object, const uint8_t *auth, uint8_t *secret);

// A public part, as it is marshalled: TPM2B_PUBLIC.
typedef struct {
    uint8_t bytes[1024];
    size_t count;
} ctpm_public;

// The RSA keys that services know a TPM by: its endorsement key and its storage root key.
ctpm_result ctpm_read_identity(const char *tcti, ctpm_public *endorsement_key, ctpm_public *storage_root_key);

// A key for HMAC that the TPM of one endorsement key alone can open, in the marshalled structures that the commands
// of the TPM take.
typedef struct {
    const uint8_t *identity_object, *encrypted_secret;         // for TPM2_ActivateCredential
    const uint8_t *duplicate, *import_seed, *public_area;      // for TPM2_Import
    size_t identity_object_count, encrypted_secret_count, duplicate_count, import_seed_count, public_area_count;
} ctpm_challenge;

enum { CTPM_INNER_KEY_BYTES = 16, CTPM_HMAC_BYTES = 32, CTPM_HMAC_LIMIT_BYTES = 1024 };

// `CTPM_NOT_ITS_OWN`: for another TPM; `CTPM_MALFORMED`: damaged, or for another storage root key. `key` can be loaded
// under the storage root key by this TPM alone.
ctpm_result ctpm_open_challenge(const char *tcti, const ctpm_challenge *given, ctpm_object *key);
// HMAC-SHA-256 with such a key, of `CTPM_HMAC_LIMIT_BYTES` at most; `code` has room for `CTPM_HMAC_BYTES`.
ctpm_result ctpm_hmac(const char *tcti, const ctpm_object *key, const uint8_t *message, size_t count, uint8_t *code);

// The file format "TSS2 PRIVATE KEY" in PEM. `text` is freed with `ctpm_free`.
ctpm_result ctpm_write_key(const ctpm_object *object, char **text, size_t *count);
ctpm_result ctpm_read_key(const char *text, size_t count, ctpm_object *object);
void ctpm_free(void *memory);

// A key that OpenSSL signs with and this TPM holds: its public half, and signatures by `ctpm_sign`. Freed by
// EVP_PKEY_free. Does not connect.
ctpm_result ctpm_open_key(const char *tcti, const ctpm_object *object, struct evp_pkey_st **key);
