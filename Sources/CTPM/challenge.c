// A key for HMAC that a service has closed so that one TPM alone can open it, and signing with it there.
// Sources: TPM 2.0 Library, Part 1, sections 23 (duplication) and 24 (credential protection).
#include "library.h"

#include <string.h>

static ctpm_result malformed(void) { return (ctpm_result){CTPM_MALFORMED, 0}; }

// One of the TPM's answers to a structure that it could not open, whichever of them it was.
static int is_of_a_parameter(TSS2_RC code) {
    TSS2_RC layer = code & TSS2_RC_LAYER_MASK, own = code & ~TSS2_RC_LAYER_MASK;
    if (layer != TSS2_TPM_RC_LAYER && layer != TSS2_RESMGR_TPM_RC_LAYER) return 0;
    return own == TPM2_RC_FAILURE || (own & (TPM2_RC_FMT1 | TPM2_RC_P)) == (TPM2_RC_FMT1 | TPM2_RC_P);
}

// Who has not the endorsement key cannot decrypt the second parameter, and may call that a failure of its own.
static int is_of_another(TSS2_RC code) {
    if (!is_of_a_parameter(code)) return 0;
    TSS2_RC own = code & ~TSS2_RC_LAYER_MASK;
    return own == TPM2_RC_FAILURE || (own & TPM2_RC_N_MASK) == TPM2_RC_2;
}

static int is_whole(const ctpm_challenge *given) {
    return ctpm_is_whole(given->identity_object, given->identity_object_count) &&
           ctpm_is_whole(given->encrypted_secret, given->encrypted_secret_count) &&
           ctpm_is_whole(given->duplicate, given->duplicate_count) &&
           ctpm_is_whole(given->import_seed, given->import_seed_count) &&
           ctpm_is_whole(given->public_area, given->public_area_count);
}

static ctpm_result start_policy(visit *v) {
    TPMT_SYM_DEF aes = {.algorithm = TPM2_ALG_AES, .keyBits.aes = 128, .mode.aes = TPM2_ALG_CFB};
    TSS2_RC code = tss.Esys_StartAuthSession(
        v->esys, v->primary, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, NULL, TPM2_SE_POLICY, &aes,
        TPM2_ALG_SHA256, &v->session);
    if (code) return ctpm_outcome_of(code);
    // What is opened comes back encrypted to the session.
    code = tss.Esys_TRSess_SetAttributes(
        v->esys, v->session, TPMA_SESSION_ENCRYPT | TPMA_SESSION_CONTINUESESSION, 0xFF);
    if (code) return ctpm_outcome_of(code);
    return ctpm_outcome_of_endorsement(tss.Esys_PolicySecret(
        v->esys, ESYS_TR_RH_ENDORSEMENT, v->session, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, NULL, NULL, NULL,
        0, NULL, NULL));
}

static ctpm_result activate(visit *v, const ctpm_challenge *given, TPM2B_DATA *inner_key) {
    TPM2B_ID_OBJECT identity = {0};
    TPM2B_ENCRYPTED_SECRET secret = {0};
    size_t identity_end = 0, secret_end = 0;
    if (tss.Tss2_MU_TPM2B_ID_OBJECT_Unmarshal(
            given->identity_object, given->identity_object_count, &identity_end, &identity) ||
        tss.Tss2_MU_TPM2B_ENCRYPTED_SECRET_Unmarshal(
            given->encrypted_secret, given->encrypted_secret_count, &secret_end, &secret) ||
        identity_end != given->identity_object_count || secret_end != given->encrypted_secret_count) {
        return malformed();
    }
    ctpm_result result = start_policy(v);
    if (result.outcome) return result;
    TPM2B_DIGEST *opened = NULL;
    TSS2_RC code = tss.Esys_ActivateCredential(
        v->esys, v->primary, v->object, ESYS_TR_PASSWORD, v->session, ESYS_TR_NONE, &identity, &secret, &opened);
    if (opened) {
        inner_key->size = opened->size;
        memcpy(inner_key->buffer, opened->buffer, opened->size);
        ctpm_wipe(opened, sizeof *opened);
    }
    tss.Esys_Free(opened);
    if (is_of_another(code)) return (ctpm_result){CTPM_NOT_ITS_OWN, code};
    if (is_of_a_parameter(code)) return (ctpm_result){CTPM_MALFORMED, code};
    return ctpm_outcome_of(code);
}

// Takes the key under the storage root key; the inner wrap is AES-128 in CFB mode.
static ctpm_result import(visit *v, const ctpm_challenge *given, const TPM2B_DATA *inner_key, ctpm_object *key) {
    TPM2B_PUBLIC area = {0};
    TPM2B_PRIVATE duplicate = {0}, *private_part = NULL;
    TPM2B_ENCRYPTED_SECRET seed = {0};
    size_t area_end = 0, duplicate_end = 0, seed_end = 0;
    if (tss.Tss2_MU_TPM2B_PUBLIC_Unmarshal(given->public_area, given->public_area_count, &area_end, &area) ||
        tss.Tss2_MU_TPM2B_PRIVATE_Unmarshal(given->duplicate, given->duplicate_count, &duplicate_end, &duplicate) ||
        tss.Tss2_MU_TPM2B_ENCRYPTED_SECRET_Unmarshal(given->import_seed, given->import_seed_count, &seed_end, &seed) ||
        area_end != given->public_area_count || duplicate_end != given->duplicate_count ||
        seed_end != given->import_seed_count || area.publicArea.type != TPM2_ALG_KEYEDHASH) {
        return malformed();
    }
    ctpm_result result = ctpm_start_session(v, TPMA_SESSION_DECRYPT);
    if (result.outcome) return result;
    TPMT_SYM_DEF_OBJECT wrap = {.algorithm = TPM2_ALG_AES, .keyBits.aes = 128, .mode.aes = TPM2_ALG_CFB};
    TSS2_RC code = tss.Esys_Import(
        v->esys, v->primary, v->session, ESYS_TR_NONE, ESYS_TR_NONE, inner_key, &area, &duplicate, &seed, &wrap,
        &private_part);
    if (!code) result = ctpm_marshal(&area, private_part, key);
    tss.Esys_Free(private_part);
    if (is_of_a_parameter(code)) return (ctpm_result){CTPM_MALFORMED, code};
    return code ? ctpm_outcome_of(code) : result;
}

ctpm_result ctpm_open_challenge(const char *tcti, const ctpm_challenge *given, ctpm_object *key) {
    visit v;
    TPM2B_PUBLIC public_part;
    TPM2B_DATA inner_key = {0};
    if (!is_whole(given)) return malformed();
    ctpm_result result = ctpm_begin(&v, tcti);
    if (!result.outcome) result = ctpm_take(&v, ctpm_storage_root_key, &public_part);
    if (!result.outcome) result = ctpm_take(&v, ctpm_endorsement_key, &public_part);
    if (!result.outcome) result = activate(&v, given, &inner_key);
    // There is room for three objects: the endorsement key has done its part.
    ctpm_release(&v);
    if (!result.outcome && inner_key.size != CTPM_INNER_KEY_BYTES) result = malformed();
    if (!result.outcome) result = import(&v, given, &inner_key, key);
    if (!result.outcome) result = ctpm_load(&v, key);
    ctpm_wipe(&inner_key, sizeof inner_key);
    ctpm_end(&v);
    return result;
}

ctpm_result ctpm_hmac(
    const char *tcti, const ctpm_object *key, const uint8_t *message, size_t count, uint8_t *code) {
    TPM2B_MAX_BUFFER buffer = {0};
    if (count > CTPM_HMAC_LIMIT_BYTES) return malformed();
    buffer.size = (uint16_t)count;
    memcpy(buffer.buffer, message, count);
    visit v;
    TPM2B_PUBLIC public_part;
    TPM2B_DIGEST *made = NULL;
    ctpm_result result = ctpm_begin(&v, tcti);
    if (!result.outcome) result = ctpm_take(&v, ctpm_storage_root_key, &public_part);
    if (!result.outcome) result = ctpm_load(&v, key);
    if (!result.outcome) {
        result = ctpm_outcome_of(tss.Esys_HMAC(
            v.esys, v.object, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &buffer, TPM2_ALG_SHA256, &made));
    }
    if (!result.outcome && made->size != CTPM_HMAC_BYTES) result = malformed();
    if (!result.outcome) memcpy(code, made->buffer, CTPM_HMAC_BYTES);
    tss.Esys_Free(made);
    ctpm_end(&v);
    return result;
}
