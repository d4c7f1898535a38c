#pragma once
// The functions of the TPM software stack, found in its libraries when they are first needed: most machines have no
// TPM, and the program starts without its libraries there.
#include "ctpm.h"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_tctildr.h>

#define CTPM_ESYS(each) \
    each(Esys_ActivateCredential) each(Esys_Create) each(Esys_CreatePrimary) each(Esys_Finalize) \
    each(Esys_FlushContext) each(Esys_Free) each(Esys_GetCapability) each(Esys_HMAC) each(Esys_Import) \
    each(Esys_Initialize) each(Esys_Load) each(Esys_PolicySecret) each(Esys_RSA_Decrypt) each(Esys_ReadPublic) \
    each(Esys_Sign) each(Esys_StartAuthSession) each(Esys_TRSess_SetAttributes) each(Esys_TR_FromTPMPublic) \
    each(Esys_TR_SetAuth) each(Esys_Unseal)
#define CTPM_TCTI(each) each(Tss2_TctiLdr_Finalize) each(Tss2_TctiLdr_Initialize)
#define CTPM_MU(each) \
    each(Tss2_MU_TPM2B_ENCRYPTED_SECRET_Unmarshal) each(Tss2_MU_TPM2B_ID_OBJECT_Unmarshal) \
    each(Tss2_MU_TPM2B_PRIVATE_Marshal) each(Tss2_MU_TPM2B_PRIVATE_Unmarshal) each(Tss2_MU_TPM2B_PUBLIC_Marshal) \
    each(Tss2_MU_TPM2B_PUBLIC_Unmarshal)

struct stack {
#define CTPM_POINTER(name) __typeof__(name) *name;
    CTPM_ESYS(CTPM_POINTER)
    CTPM_TCTI(CTPM_POINTER)
    CTPM_MU(CTPM_POINTER)
};

// Filled once `ctpm_missing` has given NULL.
extern struct stack tss;

// One connection.
typedef struct {
    TSS2_TCTI_CONTEXT *tcti;
    ESYS_CONTEXT *esys;
    ESYS_TR primary, session, object;
    int is_primary_kept, is_object_kept;  // by the TPM itself, at a handle of its own: they stay there
} visit;

ctpm_result ctpm_outcome_of(TSS2_RC code);
ctpm_result ctpm_begin(visit *v, const char *tcti);
// Makes the storage key, which is the same each time: the TPM derives it from its seed.
ctpm_result ctpm_begin_with_primary(visit *v, const char *tcti);
// Loads what was made under the storage key.
ctpm_result ctpm_load(visit *v, const ctpm_object *object);
// A session that is salted to the storage key and encrypts the first parameter: neither PIN nor secret is on the bus.
ctpm_result ctpm_start_session(visit *v, TPMA_SESSION direction);
// Gives the room of session and object back before the end.
void ctpm_release(visit *v);
void ctpm_end(visit *v);
void ctpm_wipe(void *memory, size_t count);

// An RSA key that the TPM derives from a seed, or keeps at the handle that is agreed on.
typedef struct ctpm_rsa_primary ctpm_rsa_primary;
extern const ctpm_rsa_primary *const ctpm_endorsement_key;  // becomes the object of the visit
extern const ctpm_rsa_primary *const ctpm_storage_root_key;  // becomes its primary
ctpm_result ctpm_take(visit *v, const ctpm_rsa_primary *wanted, TPM2B_PUBLIC *public_part);
ctpm_result ctpm_outcome_of_endorsement(TSS2_RC code);

// Whether a structure is as long as its first two bytes say; the stack does not look at those of every kind.
int ctpm_is_whole(const uint8_t *structure, size_t count);
ctpm_result ctpm_marshal(const TPM2B_PUBLIC *public_part, const TPM2B_PRIVATE *private_part, ctpm_object *object);
ctpm_result ctpm_unmarshal(const ctpm_object *object, TPM2B_PUBLIC *public_part, TPM2B_PRIVATE *private_part);
