#include "library.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <string.h>

// With `noDA`: a device goes on working while wrong PINs of a person have locked the TPM. These keys have no PIN.
static TPM2B_PUBLIC signing_key(enum ctpm_kind kind) {
    TPM2B_PUBLIC key = {0};
    TPMT_PUBLIC *area = &key.publicArea;
    area->nameAlg = TPM2_ALG_SHA256;
    area->objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_SIGN_ENCRYPT | TPMA_OBJECT_NODA |
                             TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN;
    if (kind == CTPM_RSA_2048) {
        area->type = TPM2_ALG_RSA;
        area->objectAttributes |= TPMA_OBJECT_DECRYPT;  // what TPMs ask for before they apply a key to a bare block
        area->parameters.rsaDetail.symmetric.algorithm = TPM2_ALG_NULL;
        area->parameters.rsaDetail.scheme.scheme = TPM2_ALG_NULL;
        area->parameters.rsaDetail.keyBits = 2048;
    } else {
        area->type = TPM2_ALG_ECC;
        area->parameters.eccDetail.symmetric.algorithm = TPM2_ALG_NULL;
        area->parameters.eccDetail.scheme.scheme = TPM2_ALG_NULL;
        area->parameters.eccDetail.kdf.scheme = TPM2_ALG_NULL;
        area->parameters.eccDetail.curveID = kind == CTPM_P384 ? TPM2_ECC_NIST_P384 : TPM2_ECC_NIST_P256;
    }
    return key;
}

ctpm_result ctpm_make_key(const char *tcti, enum ctpm_kind kind, ctpm_object *object) {
    visit v;
    ctpm_result result = ctpm_begin_with_primary(&v, tcti);
    if (!result.outcome) {
        TPM2B_SENSITIVE_CREATE no_secret = {0};
        TPM2B_PUBLIC key = signing_key(kind);
        TPM2B_DATA no_data = {0};
        TPML_PCR_SELECTION no_pcr = {0};
        TPM2B_PRIVATE *private_part = NULL;
        TPM2B_PUBLIC *public_part = NULL;
        result = ctpm_outcome_of(tss.Esys_Create(
            v.esys, v.primary, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &no_secret, &key, &no_data, &no_pcr,
            &private_part, &public_part, NULL, NULL, NULL));
        if (!result.outcome) result = ctpm_marshal(public_part, private_part, object);
        tss.Esys_Free(private_part);
        tss.Esys_Free(public_part);
    }
    ctpm_end(&v);
    return result;
}

static int write_ecdsa(const TPMS_SIGNATURE_ECC *ecdsa, uint8_t *signature, size_t *count) {
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(ecdsa->signatureR.buffer, ecdsa->signatureR.size, NULL);
    BIGNUM *s = BN_bin2bn(ecdsa->signatureS.buffer, ecdsa->signatureS.size, NULL);
    if (!pair || !r || !s || !ECDSA_SIG_set0(pair, r, s)) {
        BN_free(r);
        BN_free(s);
        ECDSA_SIG_free(pair);
        return 0;
    }
    int length = i2d_ECDSA_SIG(pair, &signature);
    ECDSA_SIG_free(pair);
    *count = length > 0 ? (size_t)length : 0;
    return length > 0;
}

static ctpm_result write_signature(const TPMT_SIGNATURE *made, uint8_t *signature, size_t *count) {
    if (made->sigAlg == TPM2_ALG_RSASSA) {
        const TPM2B_PUBLIC_KEY_RSA *rsa = &made->signature.rsassa.sig;
        memcpy(signature, rsa->buffer, rsa->size);
        *count = rsa->size;
        return (ctpm_result){CTPM_DONE, 0};
    }
    int is_written = write_ecdsa(&made->signature.ecdsa, signature, count);
    return (ctpm_result){is_written ? CTPM_DONE : CTPM_REFUSED, 0};
}

ctpm_result ctpm_sign(
    const char *tcti, const ctpm_object *object, const uint8_t *digest, size_t digest_count, uint8_t *signature,
    size_t *count) {
    TPMI_ALG_HASH hash = digest_count == 32   ? TPM2_ALG_SHA256
                         : digest_count == 48 ? TPM2_ALG_SHA384
                         : digest_count == 64 ? TPM2_ALG_SHA512
                                              : TPM2_ALG_NULL;
    if (hash == TPM2_ALG_NULL) return (ctpm_result){CTPM_MALFORMED, 0};
    visit v;
    ctpm_result result = ctpm_begin_with_primary(&v, tcti);
    TPM2B_PUBLIC public_part;
    TPM2B_PRIVATE private_part;
    if (!result.outcome) result = ctpm_unmarshal(object, &public_part, &private_part);
    if (!result.outcome) result = ctpm_load(&v, object);
    if (!result.outcome) {
        TPM2B_DIGEST value = {.size = (UINT16)digest_count};
        memcpy(value.buffer, digest, digest_count);
        int is_rsa = public_part.publicArea.type == TPM2_ALG_RSA;
        TPMT_SIG_SCHEME scheme = {.scheme = is_rsa ? TPM2_ALG_RSASSA : TPM2_ALG_ECDSA};
        scheme.details.any.hashAlg = hash;
        // The digest was not made by the TPM, and the key is not one that demands this.
        TPMT_TK_HASHCHECK no_ticket = {.tag = TPM2_ST_HASHCHECK, .hierarchy = TPM2_RH_NULL};
        TPMT_SIGNATURE *made = NULL;
        result = ctpm_outcome_of(tss.Esys_Sign(
            v.esys, v.object, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &value, &scheme, &no_ticket, &made));
        if (!result.outcome) result = write_signature(made, signature, count);
        tss.Esys_Free(made);
    }
    ctpm_end(&v);
    return result;
}

ctpm_result ctpm_apply_rsa(
    const char *tcti, const ctpm_object *object, const uint8_t *block, size_t count, uint8_t *result) {
    TPM2B_PUBLIC_KEY_RSA given = {.size = (UINT16)count};
    if (count > sizeof given.buffer) return (ctpm_result){CTPM_MALFORMED, 0};
    memcpy(given.buffer, block, count);
    visit v;
    ctpm_result outcome = ctpm_begin_with_primary(&v, tcti);
    if (!outcome.outcome) outcome = ctpm_load(&v, object);
    if (!outcome.outcome) {
        TPMT_RSA_DECRYPT no_padding = {.scheme = TPM2_ALG_NULL};
        TPM2B_DATA no_label = {0};
        TPM2B_PUBLIC_KEY_RSA *made = NULL;
        outcome = ctpm_outcome_of(tss.Esys_RSA_Decrypt(
            v.esys, v.object, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &given, &no_padding, &no_label, &made));
        if (made && made->size <= count) {
            // Zeros in front may have been left out.
            memset(result, 0, count);
            memcpy(result + (count - made->size), made->buffer, made->size);
        }
        tss.Esys_Free(made);
    }
    ctpm_end(&v);
    return outcome;
}
