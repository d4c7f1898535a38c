#include "library.h"

#include <string.h>

// Without `noDA`: each wrong try is counted by the TPM, and too many lock it.
static TPM2B_PUBLIC sealed_secret(void) {
    TPM2B_PUBLIC sealed = {0};
    TPMT_PUBLIC *area = &sealed.publicArea;
    area->type = TPM2_ALG_KEYEDHASH;
    area->nameAlg = TPM2_ALG_SHA256;
    area->objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT;
    area->parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
    return sealed;
}

ctpm_result ctpm_seal(const char *tcti, const uint8_t *auth, const uint8_t *secret, ctpm_object *object) {
    visit v;
    ctpm_result result = ctpm_begin_with_primary(&v, tcti);
    if (!result.outcome) result = ctpm_start_session(&v, TPMA_SESSION_DECRYPT);
    if (!result.outcome) {
        TPM2B_SENSITIVE_CREATE sensitive = {0};
        sensitive.sensitive.userAuth.size = CTPM_AUTH_BYTES;
        memcpy(sensitive.sensitive.userAuth.buffer, auth, CTPM_AUTH_BYTES);
        sensitive.sensitive.data.size = CTPM_SECRET_BYTES;
        memcpy(sensitive.sensitive.data.buffer, secret, CTPM_SECRET_BYTES);
        TPM2B_PUBLIC sealed = sealed_secret();
        TPM2B_DATA no_data = {0};
        TPML_PCR_SELECTION no_pcr = {0};
        TPM2B_PRIVATE *private_part = NULL;
        TPM2B_PUBLIC *public_part = NULL;
        result = ctpm_outcome_of(tss.Esys_Create(
            v.esys, v.primary, v.session, ESYS_TR_NONE, ESYS_TR_NONE, &sensitive, &sealed, &no_data, &no_pcr,
            &private_part, &public_part, NULL, NULL, NULL));
        ctpm_wipe(&sensitive, sizeof sensitive);
        if (!result.outcome) result = ctpm_marshal(public_part, private_part, object);
        tss.Esys_Free(private_part);
        tss.Esys_Free(public_part);
    }
    ctpm_end(&v);
    return result;
}

ctpm_result ctpm_unseal(const char *tcti, const ctpm_object *object, const uint8_t *auth, uint8_t *secret) {
    visit v;
    ctpm_result result = ctpm_begin_with_primary(&v, tcti);
    if (!result.outcome) result = ctpm_load(&v, object);
    if (!result.outcome) result = ctpm_start_session(&v, TPMA_SESSION_ENCRYPT);
    if (!result.outcome) {
        TPM2B_AUTH value = {.size = CTPM_AUTH_BYTES};
        memcpy(value.buffer, auth, CTPM_AUTH_BYTES);
        TSS2_RC code = tss.Esys_TR_SetAuth(v.esys, v.object, &value);
        ctpm_wipe(&value, sizeof value);
        TPM2B_SENSITIVE_DATA *data = NULL;
        if (!code) code = tss.Esys_Unseal(v.esys, v.object, v.session, ESYS_TR_NONE, ESYS_TR_NONE, &data);
        result = ctpm_outcome_of(code);
        if (data) {
            if (data->size == CTPM_SECRET_BYTES) memcpy(secret, data->buffer, CTPM_SECRET_BYTES);
            else result.outcome = CTPM_MALFORMED;
            ctpm_wipe(data, sizeof *data);
        }
        tss.Esys_Free(data);
    }
    ctpm_end(&v);
    return result;
}
