#pragma once
#include "cpkcs11.h"

#include <p11-kit-1/p11-kit/pkcs11.h>

// One session, signed in.
typedef struct {
    CK_FUNCTION_LIST *module;
    CK_SESSION_HANDLE session;
    int is_open;
} visit;

cpkcs11_result cpkcs11_outcome_of(CK_RV code);
// The functions of a module, loaded and initialised.
cpkcs11_result cpkcs11_load(const char *path, CK_FUNCTION_LIST **module);
// Every visit that was begun, and be it in vain, is ended.
cpkcs11_result cpkcs11_begin(visit *v, const cpkcs11_key *key, int is_writing);
void cpkcs11_end(visit *v);
