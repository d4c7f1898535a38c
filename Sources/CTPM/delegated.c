// Keys that OpenSSL signs with and the TPM holds, so that requests, signatures and TLS need to know nothing of TPMs.
//
// The functions that this takes are deprecated since OpenSSL 3.0 and there in all of 3.x; they are used in this file
// alone. The way that took their place is a provider, and the one for TPMs takes the address of the TPM from the
// environment only (tpm2-openssl 1.1.1 does not hear its `tcti` setting) and tells nothing of lockouts.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "library.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *tcti;
    ctpm_object object;
} holder;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static EC_KEY_METHOD *ec_method;
static RSA_METHOD *rsa_method;
static int ec_place = -1, rsa_place = -1, error_library;

static void let_go(void *parent, void *value, CRYPTO_EX_DATA *data, int place, long number, void *context) {
    (void)parent, (void)data, (void)place, (void)number, (void)context;
    holder *held = value;
    if (held) free(held->tcti);
    free(held);
}

static ERR_STRING_DATA reasons[] = {
    {CTPM_NO_LIBRARY, "the TPM's libraries are not installed"},
    {CTPM_NO_DEVICE, "the TPM is not there"},
    {CTPM_NOT_PERMITTED, "the TPM is not permitted to this user"},
    {CTPM_NOT_REACHED, "the TPM does not answer"},
    {CTPM_WRONG_PIN, "the TPM wants a PIN"},
    {CTPM_LOCKED_OUT, "the TPM is locked"},
    {CTPM_NOT_ITS_OWN, "the key is not of this TPM, or the TPM was cleared"},
    {CTPM_MALFORMED, "the TPM cannot make such a signature"},
    {CTPM_NOT_OFFERED, "the TPM does not have this curve"},
    {CTPM_REFUSED, "the TPM refused"},
    {0, NULL},
};

static int ask(const holder *held, const uint8_t *digest, int digest_count, uint8_t *signature, size_t *count) {
    ctpm_result result = {CTPM_MALFORMED, 0};
    if (held) result = ctpm_sign(held->tcti, &held->object, digest, (size_t)digest_count, signature, count);
    if (result.outcome == CTPM_DONE) return 1;
    ERR_raise(error_library, (int)result.outcome);
    return 0;
}

static int sign_ec(
    int type, const unsigned char *digest, int digest_count, unsigned char *signature, unsigned int *count,
    const BIGNUM *inverse, const BIGNUM *r, EC_KEY *key) {
    (void)type, (void)inverse, (void)r;
    uint8_t made[512];
    size_t made_count = 0;
    if (!ask(EC_KEY_get_ex_data(key, ec_place), digest, digest_count, made, &made_count)) return 0;
    memcpy(signature, made, made_count);
    *count = (unsigned int)made_count;
    return 1;
}

static ECDSA_SIG *sign_ec_pair(
    const unsigned char *digest, int digest_count, const BIGNUM *inverse, const BIGNUM *r, EC_KEY *key) {
    (void)inverse, (void)r;
    uint8_t made[512];
    size_t made_count = 0;
    if (!ask(EC_KEY_get_ex_data(key, ec_place), digest, digest_count, made, &made_count)) return NULL;
    const uint8_t *position = made;
    return d2i_ECDSA_SIG(NULL, &position, (long)made_count);
}

static int sign_rsa(
    int type, const unsigned char *digest, unsigned int digest_count, unsigned char *signature, unsigned int *count,
    const RSA *key) {
    (void)type;
    uint8_t made[512];
    size_t made_count = 0;
    if (!ask(RSA_get_ex_data(key, rsa_place), digest, (int)digest_count, made, &made_count)) return 0;
    memcpy(signature, made, made_count);
    *count = (unsigned int)made_count;
    return 1;
}

static int apply_rsa(int count, const unsigned char *block, unsigned char *result, RSA *key, int padding) {
    const holder *held = RSA_get_ex_data(key, rsa_place);
    ctpm_result outcome = {CTPM_MALFORMED, 0};
    if (held && padding == RSA_NO_PADDING && count == RSA_size(key)) {
        outcome = ctpm_apply_rsa(held->tcti, &held->object, block, (size_t)count, result);
    }
    if (outcome.outcome == CTPM_DONE) return count;
    ERR_raise(error_library, (int)outcome.outcome);
    return -1;
}

static void prepare(void) {
    error_library = ERR_get_next_error_library();
    ERR_load_strings(error_library, reasons);
    ec_place = EC_KEY_get_ex_new_index(0, NULL, NULL, NULL, let_go);
    rsa_place = RSA_get_ex_new_index(0, NULL, NULL, NULL, let_go);
    ec_method = EC_KEY_METHOD_new(EC_KEY_OpenSSL());
    if (ec_method) EC_KEY_METHOD_set_sign(ec_method, sign_ec, NULL, sign_ec_pair);
    rsa_method = RSA_meth_dup(RSA_PKCS1_OpenSSL());
    if (rsa_method) {
        RSA_meth_set_sign(rsa_method, sign_rsa);
        RSA_meth_set_priv_enc(rsa_method, apply_rsa);
    }
}

static holder *hold(const char *tcti, const ctpm_object *object) {
    holder *held = calloc(1, sizeof *held);
    if (!held) return NULL;
    held->tcti = strdup(tcti);
    held->object = *object;
    if (held->tcti) return held;
    free(held);
    return NULL;
}

static EVP_PKEY *open_ec(const char *tcti, const ctpm_object *object, const TPMT_PUBLIC *area) {
    TPM2_ECC_CURVE curve = area->parameters.eccDetail.curveID;
    int name = curve == TPM2_ECC_NIST_P256 ? NID_X9_62_prime256v1 : curve == TPM2_ECC_NIST_P384 ? NID_secp384r1 : 0;
    EC_KEY *key = name ? EC_KEY_new_by_curve_name(name) : NULL;
    BIGNUM *x = BN_bin2bn(area->unique.ecc.x.buffer, area->unique.ecc.x.size, NULL);
    BIGNUM *y = BN_bin2bn(area->unique.ecc.y.buffer, area->unique.ecc.y.size, NULL);
    EVP_PKEY *whole = EVP_PKEY_new();
    holder *held = hold(tcti, object);
    int is_made = key && x && y && whole && held && EC_KEY_set_public_key_affine_coordinates(key, x, y) == 1 &&
                  EC_KEY_set_method(key, ec_method) == 1 && EC_KEY_set_ex_data(key, ec_place, held) == 1;
    BN_free(x);
    BN_free(y);
    if (!is_made) let_go(NULL, held, NULL, 0, 0, NULL);
    if (is_made && EVP_PKEY_assign_EC_KEY(whole, key) == 1) return whole;
    EC_KEY_free(key);
    EVP_PKEY_free(whole);
    return NULL;
}

static EVP_PKEY *open_rsa(const char *tcti, const ctpm_object *object, const TPMT_PUBLIC *area) {
    UINT32 exponent = area->parameters.rsaDetail.exponent;
    RSA *key = RSA_new();
    BIGNUM *n = BN_bin2bn(area->unique.rsa.buffer, area->unique.rsa.size, NULL);
    BIGNUM *e = BN_new();
    EVP_PKEY *whole = EVP_PKEY_new();
    holder *held = hold(tcti, object);
    int is_made = key && n && e && whole && held && BN_set_word(e, exponent ? exponent : 65537) == 1 &&
                  RSA_set_method(key, rsa_method) == 1 && RSA_set_ex_data(key, rsa_place, held) == 1;
    if (!is_made) let_go(NULL, held, NULL, 0, 0, NULL);
    if (is_made && RSA_set0_key(key, n, e, NULL) == 1) {
        if (EVP_PKEY_assign_RSA(whole, key) == 1) return whole;
        n = e = NULL;
    }
    BN_free(n);
    BN_free(e);
    RSA_free(key);
    EVP_PKEY_free(whole);
    return NULL;
}

ctpm_result ctpm_open_key(const char *tcti, const ctpm_object *object, EVP_PKEY **key) {
    TPM2B_PUBLIC public_part;
    TPM2B_PRIVATE private_part;
    ctpm_result result = ctpm_unmarshal(object, &public_part, &private_part);
    if (result.outcome) return result;
    pthread_once(&once, prepare);
    if (!ec_method || !rsa_method || ec_place < 0 || rsa_place < 0) return (ctpm_result){CTPM_REFUSED, 0};
    const TPMT_PUBLIC *area = &public_part.publicArea;
    *key = area->type == TPM2_ALG_ECC   ? open_ec(tcti, object, area)
           : area->type == TPM2_ALG_RSA ? open_rsa(tcti, object, area)
                                        : NULL;
    ERR_clear_error();
    return (ctpm_result){*key ? CTPM_DONE : CTPM_MALFORMED, 0};
}
