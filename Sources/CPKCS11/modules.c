#include "visit.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local char failure[256];

const char *cpkcs11_load_failure(void) { return failure; }

// Modules that are loaded. The turn of a visit guards the list.
typedef struct loaded {
    struct loaded *next;
    CK_FUNCTION_LIST *functions;
    char path[];
} loaded;
static loaded *all;

static cpkcs11_result no_module(const char *reason) {
    snprintf(failure, sizeof failure, "%s", reason ? reason : "unknown");
    return (cpkcs11_result){CPKCS11_NO_MODULE, 0};
}

cpkcs11_result cpkcs11_load(const char *path, CK_FUNCTION_LIST **module) {
    for (loaded *one = all; one; one = one->next) {
        if (strcmp(one->path, path)) continue;
        *module = one->functions;
        return (cpkcs11_result){CPKCS11_DONE, 0};
    }
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return no_module(dlerror());
    CK_C_GetFunctionList list;
    *(void **)&list = dlsym(library, "C_GetFunctionList");
    CK_FUNCTION_LIST *functions = NULL;
    if (!list || list(&functions) != CKR_OK || !functions) {
        dlclose(library);
        return no_module("it is no PKCS #11 module");
    }
    CK_C_INITIALIZE_ARGS threads = {.flags = CKF_OS_LOCKING_OK};
    CK_RV code = functions->C_Initialize(&threads);
    if (code != CKR_OK && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        dlclose(library);
        return (cpkcs11_result){CPKCS11_REFUSED, code};
    }
    loaded *one = malloc(sizeof *one + strlen(path) + 1);
    if (!one) return (cpkcs11_result){CPKCS11_REFUSED, CKR_HOST_MEMORY};
    one->functions = functions;
    one->next = all;
    strcpy(one->path, path);
    all = one;
    *module = functions;
    return (cpkcs11_result){CPKCS11_DONE, 0};
}
