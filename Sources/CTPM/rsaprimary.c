// The two RSA keys that a service knows a TPM by: its endorsement key, and the storage root key under which it takes
// what the service gives. Sources: TCG EK Credential Profile for TPM Family 2.0, template L-1; TCG TPM v2.0
// Provisioning Guidance, section 7 for the handles and the template of the storage root key.
#include "library.h"

#include <string.h>

struct ctpm_rsa_primary {
    TPM2_HANDLE handle;  // where it is kept, when it is
    ESYS_TR hierarchy;
    TPMA_OBJECT attributes;
    uint16_t policy_count;
};

static const TPMA_OBJECT storage = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN |
                                   TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;

static const ctpm_rsa_primary endorsement = {
    0x81010001, ESYS_TR_RH_ENDORSEMENT, storage | TPMA_OBJECT_ADMINWITHPOLICY, 32};
static const ctpm_rsa_primary root = {
    0x81000001, ESYS_TR_RH_OWNER, storage | TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA, 0};

const ctpm_rsa_primary *const ctpm_endorsement_key = &endorsement;
const ctpm_rsa_primary *const ctpm_storage_root_key = &root;

// PolicySecret of the endorsement hierarchy.
static const uint8_t endorsement_policy[32] = {
    0x83, 0x71, 0x97, 0x67, 0x44, 0x84, 0xB3, 0xF8, 0x1A, 0x90, 0xCC, 0x8D, 0x46, 0xA5, 0xD7, 0x24,
    0xFD, 0x52, 0xD7, 0x6E, 0x06, 0x52, 0x0B, 0x64, 0xF2, 0xA1, 0xDA, 0x1B, 0x33, 0x14, 0x69, 0xAA,
};

static TPM2B_PUBLIC template_of(const ctpm_rsa_primary *wanted) {
    TPM2B_PUBLIC key = {0};
    TPMT_PUBLIC *area = &key.publicArea;
    area->type = TPM2_ALG_RSA;
    area->nameAlg = TPM2_ALG_SHA256;
    area->objectAttributes = wanted->attributes;
    area->authPolicy.size = wanted->policy_count;
    memcpy(area->authPolicy.buffer, endorsement_policy, wanted->policy_count);
    TPMS_RSA_PARMS *rsa = &area->parameters.rsaDetail;
    rsa->symmetric.algorithm = TPM2_ALG_AES;
    rsa->symmetric.keyBits.aes = 128;
    rsa->symmetric.mode.aes = TPM2_ALG_CFB;
    rsa->scheme.scheme = TPM2_ALG_NULL;
    rsa->keyBits = 2048;
    // 256 zeros: the TPM derives another key from another template.
    area->unique.rsa.size = 256;
    return key;
}

// A key that is kept at the handle may be of another kind; then it is not meant for this.
static int is_of_kind(const TPM2B_PUBLIC *kept, const ctpm_rsa_primary *wanted) {
    const TPMT_PUBLIC *area = &kept->publicArea;
    const TPMS_RSA_PARMS *rsa = &area->parameters.rsaDetail;
    const TPMA_OBJECT needed = TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;
    return area->type == TPM2_ALG_RSA && area->nameAlg == TPM2_ALG_SHA256 && rsa->keyBits == 2048 &&
           (area->objectAttributes & needed) == needed && rsa->symmetric.algorithm == TPM2_ALG_AES &&
           rsa->symmetric.keyBits.aes == 128 && rsa->symmetric.mode.aes == TPM2_ALG_CFB &&
           area->authPolicy.size == wanted->policy_count &&
           !memcmp(area->authPolicy.buffer, endorsement_policy, wanted->policy_count);
}

static TSS2_RC own_code(TSS2_RC code) { return code & ~TSS2_RC_LAYER_MASK & (TPM2_RC_FMT1 | 0x3F); }

static ctpm_result find_kept(
    visit *v, const ctpm_rsa_primary *wanted, ESYS_TR *found, TPM2B_PUBLIC *public_part) {
    ESYS_TR kept = ESYS_TR_NONE;
    *found = ESYS_TR_NONE;
    TSS2_RC code = tss.Esys_TR_FromTPMPublic(
        v->esys, wanted->handle, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &kept);
    if (code && own_code(code) == TPM2_RC_HANDLE) return (ctpm_result){CTPM_DONE, 0};
    TPM2B_PUBLIC *read = NULL;
    if (!code) {
        code = tss.Esys_ReadPublic(
            v->esys, kept, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, &read, NULL, NULL);
    }
    if (!code && is_of_kind(read, wanted)) {
        *found = kept;
        *public_part = *read;
    }
    tss.Esys_Free(read);
    return ctpm_outcome_of(code);
}

static ctpm_result derive(visit *v, const ctpm_rsa_primary *wanted, ESYS_TR *made, TPM2B_PUBLIC *public_part) {
    TPM2B_SENSITIVE_CREATE no_secret = {0};
    TPM2B_PUBLIC key = template_of(wanted), *read = NULL;
    TPM2B_DATA no_data = {0};
    TPML_PCR_SELECTION no_pcr = {0};
    TSS2_RC code = tss.Esys_CreatePrimary(
        v->esys, wanted->hierarchy, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &no_secret, &key, &no_data, &no_pcr,
        made, &read, NULL, NULL, NULL);
    if (!code) *public_part = *read;
    tss.Esys_Free(read);
    return wanted == ctpm_endorsement_key ? ctpm_outcome_of_endorsement(code) : ctpm_outcome_of(code);
}

// A hierarchy that is switched off or has a password of its owner's gives no key.
ctpm_result ctpm_outcome_of_endorsement(TSS2_RC code) {
    ctpm_result result = ctpm_outcome_of(code);
    if (result.outcome == CTPM_WRONG_PIN || (result.outcome == CTPM_REFUSED && own_code(code) == TPM2_RC_HIERARCHY)) {
        return (ctpm_result){CTPM_NO_ENDORSEMENT, code};
    }
    return result;
}

ctpm_result ctpm_take(visit *v, const ctpm_rsa_primary *wanted, TPM2B_PUBLIC *public_part) {
    ESYS_TR *place = wanted == ctpm_endorsement_key ? &v->object : &v->primary;
    int *is_kept = wanted == ctpm_endorsement_key ? &v->is_object_kept : &v->is_primary_kept;
    ctpm_result result = find_kept(v, wanted, place, public_part);
    *is_kept = *place != ESYS_TR_NONE;
    if (result.outcome || *is_kept) return result;
    return derive(v, wanted, place, public_part);
}

static ctpm_result write(const TPM2B_PUBLIC *public_part, ctpm_public *area) {
    area->count = 0;
    return ctpm_outcome_of(
        tss.Tss2_MU_TPM2B_PUBLIC_Marshal(public_part, area->bytes, sizeof area->bytes, &area->count));
}

ctpm_result ctpm_read_identity(const char *tcti, ctpm_public *endorsement_key, ctpm_public *storage_root_key) {
    visit v;
    TPM2B_PUBLIC public_part;
    ctpm_result result = ctpm_begin(&v, tcti);
    if (!result.outcome) result = ctpm_take(&v, ctpm_endorsement_key, &public_part);
    if (!result.outcome) result = write(&public_part, endorsement_key);
    if (!result.outcome) result = ctpm_take(&v, ctpm_storage_root_key, &public_part);
    if (!result.outcome) result = write(&public_part, storage_root_key);
    ctpm_end(&v);
    return result;
}
