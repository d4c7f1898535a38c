#include "library.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

// A TPM without a resource manager in front of it has room for three objects, and a visit takes two: one at a time.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

// What the codes of the TPM mean for the caller. The number of a parameter, handle or session in them does not matter.
ctpm_result ctpm_outcome_of(TSS2_RC code) {
    if (code == TSS2_RC_SUCCESS) return (ctpm_result){CTPM_DONE, 0};
    ctpm_result result = {CTPM_REFUSED, code};
    TSS2_RC layer = code & TSS2_RC_LAYER_MASK;
    if (layer == TSS2_TCTI_RC_LAYER) result.outcome = CTPM_NOT_REACHED;
    if (layer == TSS2_MU_RC_LAYER) result.outcome = CTPM_MALFORMED;
    if (layer != TSS2_TPM_RC_LAYER && layer != TSS2_RESMGR_TPM_RC_LAYER) return result;
    TSS2_RC own = code & ~TSS2_RC_LAYER_MASK;
    if (own == TPM2_RC_LOCKOUT) result.outcome = CTPM_LOCKED_OUT;
    if (own & TPM2_RC_FMT1) {
        switch (own & (TPM2_RC_FMT1 | 0x3F)) {
        case TPM2_RC_AUTH_FAIL:
        case TPM2_RC_BAD_AUTH: result.outcome = CTPM_WRONG_PIN; break;
        case TPM2_RC_INTEGRITY:
        case TPM2_RC_BINDING: result.outcome = CTPM_NOT_ITS_OWN; break;
        case TPM2_RC_SIZE:
        case TPM2_RC_TYPE:
        case TPM2_RC_INSUFFICIENT: result.outcome = CTPM_MALFORMED; break;
        case TPM2_RC_CURVE: result.outcome = CTPM_NOT_OFFERED; break;
        default: break;
        }
    }
    return result;
}

// Looks first: the stack would say on standard error that it finds nothing.
static ctpm_result find(const char *tcti) {
    const char *path = NULL;
    if (!strncmp(tcti, "device:", 7)) path = tcti + 7;
    if (!strncmp(tcti, "swtpm:path=", 11)) path = tcti + 11;
    if (path && access(path, F_OK)) return (ctpm_result){CTPM_NO_DEVICE, 0};
    if (path && access(path, R_OK | W_OK)) return (ctpm_result){CTPM_NOT_PERMITTED, 0};
    return (ctpm_result){CTPM_DONE, 0};
}

// Every visit that was begun, and be it in vain, is ended.
ctpm_result ctpm_begin(visit *v, const char *tcti) {
    pthread_mutex_lock(&turn);
    *v = (visit){.primary = ESYS_TR_NONE, .session = ESYS_TR_NONE, .object = ESYS_TR_NONE};
    ctpm_result found = find(tcti);
    if (found.outcome) return found;
    if (ctpm_missing()) return (ctpm_result){CTPM_NO_LIBRARY, 0};
    TSS2_RC code = tss.Tss2_TctiLdr_Initialize(tcti, &v->tcti);
    if (!code) code = tss.Esys_Initialize(&v->esys, v->tcti, NULL);
    return code ? (ctpm_result){CTPM_NOT_REACHED, code} : (ctpm_result){CTPM_DONE, 0};
}

static void flush(visit *v, ESYS_TR *used, int is_kept) {
    if (v->esys && *used != ESYS_TR_NONE && !is_kept) tss.Esys_FlushContext(v->esys, *used);
    *used = ESYS_TR_NONE;
}

void ctpm_release(visit *v) {
    flush(v, &v->object, v->is_object_kept);
    flush(v, &v->session, 0);
    v->is_object_kept = 0;
}

void ctpm_wipe(void *memory, size_t count) {
    volatile uint8_t *byte = memory;
    while (count--) *byte++ = 0;
}

void ctpm_end(visit *v) {
    ctpm_release(v);
    flush(v, &v->primary, v->is_primary_kept);
    if (v->esys) tss.Esys_Finalize(&v->esys);
    if (v->tcti) tss.Tss2_TctiLdr_Finalize(&v->tcti);
    pthread_mutex_unlock(&turn);
}

static TPM2B_PUBLIC storage_key(void) {
    TPM2B_PUBLIC key = {0};
    TPMT_PUBLIC *area = &key.publicArea;
    area->type = TPM2_ALG_ECC;
    area->nameAlg = TPM2_ALG_SHA256;
    area->objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT |
                             TPMA_OBJECT_NODA | TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                             TPMA_OBJECT_SENSITIVEDATAORIGIN;
    TPMS_ECC_PARMS *curve = &area->parameters.eccDetail;
    curve->symmetric.algorithm = TPM2_ALG_AES;
    curve->symmetric.keyBits.aes = 128;
    curve->symmetric.mode.aes = TPM2_ALG_CFB;
    curve->scheme.scheme = TPM2_ALG_NULL;
    curve->curveID = TPM2_ECC_NIST_P256;
    curve->kdf.scheme = TPM2_ALG_NULL;
    return key;
}

ctpm_result ctpm_begin_with_primary(visit *v, const char *tcti) {
    ctpm_result begun = ctpm_begin(v, tcti);
    if (begun.outcome) return begun;
    TPM2B_SENSITIVE_CREATE no_secret = {0};
    TPM2B_PUBLIC key = storage_key();
    TPM2B_DATA no_data = {0};
    TPML_PCR_SELECTION no_pcr = {0};
    return ctpm_outcome_of(tss.Esys_CreatePrimary(
        v->esys, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &no_secret, &key, &no_data, &no_pcr,
        &v->primary, NULL, NULL, NULL, NULL));
}

ctpm_result ctpm_load(visit *v, const ctpm_object *object) {
    TPM2B_PUBLIC public_part;
    TPM2B_PRIVATE private_part;
    ctpm_result read = ctpm_unmarshal(object, &public_part, &private_part);
    if (read.outcome) return read;
    return ctpm_outcome_of(tss.Esys_Load(
        v->esys, v->primary, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &private_part, &public_part, &v->object));
}

ctpm_result ctpm_start_session(visit *v, TPMA_SESSION direction) {
    TPMT_SYM_DEF aes = {.algorithm = TPM2_ALG_AES, .keyBits.aes = 128, .mode.aes = TPM2_ALG_CFB};
    TSS2_RC code = tss.Esys_StartAuthSession(
        v->esys, v->primary, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, NULL, TPM2_SE_HMAC, &aes,
        TPM2_ALG_SHA256, &v->session);
    if (!code) {
        code = tss.Esys_TRSess_SetAttributes(v->esys, v->session, direction | TPMA_SESSION_CONTINUESESSION, 0xFF);
    }
    return ctpm_outcome_of(code);
}

ctpm_result ctpm_marshal(const TPM2B_PUBLIC *public_part, const TPM2B_PRIVATE *private_part, ctpm_object *object) {
    object->public_count = object->private_count = 0;
    TSS2_RC code = tss.Tss2_MU_TPM2B_PUBLIC_Marshal(
        public_part, object->public_part, sizeof object->public_part, &object->public_count);
    if (!code) {
        code = tss.Tss2_MU_TPM2B_PRIVATE_Marshal(
            private_part, object->private_part, sizeof object->private_part, &object->private_count);
    }
    return ctpm_outcome_of(code);
}

int ctpm_is_whole(const uint8_t *structure, size_t count) {
    return count >= 2 && ((size_t)structure[0] << 8 | structure[1]) == count - 2;
}

ctpm_result ctpm_unmarshal(const ctpm_object *object, TPM2B_PUBLIC *public_part, TPM2B_PRIVATE *private_part) {
    if (ctpm_missing()) return (ctpm_result){CTPM_NO_LIBRARY, 0};
    if (!ctpm_is_whole(object->public_part, object->public_count) ||
        !ctpm_is_whole(object->private_part, object->private_count)) {
        return (ctpm_result){CTPM_MALFORMED, 0};
    }
    // The size field of a structure with a type must be zero before it is read into.
    memset(public_part, 0, sizeof *public_part);
    memset(private_part, 0, sizeof *private_part);
    size_t public_end = 0, private_end = 0;
    TSS2_RC code = tss.Tss2_MU_TPM2B_PUBLIC_Unmarshal(
        object->public_part, object->public_count, &public_end, public_part);
    if (!code) {
        code = tss.Tss2_MU_TPM2B_PRIVATE_Unmarshal(
            object->private_part, object->private_count, &private_end, private_part);
    }
    if (!code && (public_end != object->public_count || private_end != object->private_count)) {
        return (ctpm_result){CTPM_MALFORMED, 0};
    }
    return code ? (ctpm_result){CTPM_MALFORMED, code} : (ctpm_result){CTPM_DONE, 0};
}
