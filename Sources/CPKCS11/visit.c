#include "visit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Signing in and out is of the whole process, and not every module keeps threads apart: one visit at a time.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

cpkcs11_result cpkcs11_outcome_of(CK_RV code) {
    cpkcs11_result result = {CPKCS11_REFUSED, code};
    switch (code) {
    case CKR_OK: return (cpkcs11_result){CPKCS11_DONE, 0};
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE: result.outcome = CPKCS11_WRONG_PIN; break;
    case CKR_PIN_LOCKED: result.outcome = CPKCS11_LOCKED_OUT; break;
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_TOKEN_NOT_RECOGNIZED:
    case CKR_DEVICE_REMOVED:
    case CKR_SLOT_ID_INVALID: result.outcome = CPKCS11_NO_TOKEN; break;
    default: break;
    }
    return result;
}

// Fields of a token are padded with blanks and have no end.
static int is_named(const CK_UTF8CHAR *field, size_t room, const char *name) {
    if (!name) return 1;
    size_t count = strlen(name);
    if (count > room || memcmp(field, name, count)) return 0;
    for (size_t place = count; place < room; place++) {
        if (field[place] != ' ') return 0;
    }
    return 1;
}

static int is_meant(const CK_TOKEN_INFO *token, const cpkcs11_key *key) {
    return (token->flags & CKF_TOKEN_INITIALIZED) && is_named(token->label, sizeof token->label, key->token) &&
           is_named(token->serialNumber, sizeof token->serialNumber, key->serial) &&
           is_named(token->manufacturerID, sizeof token->manufacturerID, key->manufacturer) &&
           is_named(token->model, sizeof token->model, key->model);
}

static cpkcs11_result find_token(CK_FUNCTION_LIST *module, const cpkcs11_key *key, CK_SLOT_ID *found) {
    CK_ULONG count = 0;
    CK_RV code = module->C_GetSlotList(CK_TRUE, NULL, &count);
    if (code != CKR_OK) return cpkcs11_outcome_of(code);
    CK_SLOT_ID *slots = calloc(count ? count : 1, sizeof *slots);
    if (!slots) return cpkcs11_outcome_of(CKR_HOST_MEMORY);
    code = module->C_GetSlotList(CK_TRUE, slots, &count);
    int matches = 0;
    for (CK_ULONG place = 0; code == CKR_OK && place < count; place++) {
        CK_TOKEN_INFO token;
        if (module->C_GetTokenInfo(slots[place], &token) != CKR_OK || !is_meant(&token, key)) continue;
        *found = slots[place];
        matches++;
    }
    free(slots);
    if (code != CKR_OK) return cpkcs11_outcome_of(code);
    enum cpkcs11_outcome outcome = matches == 1 ? CPKCS11_DONE : matches ? CPKCS11_TWO_TOKENS : CPKCS11_NO_TOKEN;
    return (cpkcs11_result){outcome, 0};
}

cpkcs11_result cpkcs11_begin(visit *v, const cpkcs11_key *key, int is_writing) {
    pthread_mutex_lock(&turn);
    *v = (visit){0};
    cpkcs11_result result = cpkcs11_load(key->module, &v->module);
    CK_SLOT_ID slot;
    if (!result.outcome) result = find_token(v->module, key, &slot);
    if (result.outcome) return result;
    CK_FLAGS flags = CKF_SERIAL_SESSION | (is_writing ? CKF_RW_SESSION : 0);
    result = cpkcs11_outcome_of(v->module->C_OpenSession(slot, flags, NULL, NULL, &v->session));
    if (result.outcome) return result;
    v->is_open = 1;
    if (!key->pin) return result;
    // The module takes the PIN as it is, and does not write to it.
    CK_RV code = v->module->C_Login(v->session, CKU_USER, (CK_UTF8CHAR *)key->pin, key->pin_count);
    return code == CKR_USER_ALREADY_LOGGED_IN ? result : cpkcs11_outcome_of(code);
}

void cpkcs11_end(visit *v) {
    // The last session of a process signs it out.
    if (v->is_open) v->module->C_CloseSession(v->session);
    pthread_mutex_unlock(&turn);
}
