#include "library.h"

#include <string.h>

static void note(ctpm_standing *standing, const TPMS_TAGGED_PROPERTY *property) {
    uint32_t value = property->value;
    switch (property->property) {
    case TPM2_PT_MANUFACTURER:
        for (int i = 0; i < 4; i++) {
            char letter = (char)(value >> (24 - 8 * i));
            standing->maker[i] = letter >= 0x20 && letter < 0x7F ? letter : 0;
        }
        break;
    case TPM2_PT_LOCKOUT_COUNTER: standing->failed_tries = value; break;
    case TPM2_PT_MAX_AUTH_FAIL: standing->most_tries = value; break;
    case TPM2_PT_LOCKOUT_INTERVAL: standing->seconds_a_try = value; break;
    case TPM2_PT_LOCKOUT_RECOVERY: standing->lockout_seconds = value; break;
    case TPM2_PT_PERMANENT: standing->is_locked_out = (value & TPMA_PERMANENT_INLOCKOUT) != 0; break;
    default: break;
    }
}

ctpm_result ctpm_look(const char *tcti, ctpm_standing *standing) {
    memset(standing, 0, sizeof *standing);
    visit v;
    ctpm_result result = ctpm_begin(&v, tcti);
    const struct { uint32_t first, count; } asked[] = {
        {TPM2_PT_MANUFACTURER, 1},
        {TPM2_PT_PERMANENT, 1},
        {TPM2_PT_LOCKOUT_COUNTER, 4},
    };
    for (size_t i = 0; !result.outcome && i < sizeof asked / sizeof asked[0]; i++) {
        TPMS_CAPABILITY_DATA *data = NULL;
        TPMI_YES_NO more;
        result = ctpm_outcome_of(tss.Esys_GetCapability(
            v.esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, TPM2_CAP_TPM_PROPERTIES, asked[i].first,
            asked[i].count, &more, &data));
        if (result.outcome) break;
        for (uint32_t j = 0; j < data->data.tpmProperties.count; j++) {
            note(standing, &data->data.tpmProperties.tpmProperty[j]);
        }
        tss.Esys_Free(data);
    }
    ctpm_end(&v);
    return result;
}
