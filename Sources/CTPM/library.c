#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

struct stack tss;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char missing[256];

static void load(void) {
    void *library;
    // The pointer of a function that is not there would be called: all of them, or none.
#define CTPM_FIND(name) \
    if (!library || !(*(void **)&tss.name = dlsym(library, #name))) { \
        snprintf(missing, sizeof missing, "%s", dlerror()); \
        return; \
    }
    library = dlopen("libtss2-esys.so.0", RTLD_LAZY | RTLD_LOCAL);
    CTPM_ESYS(CTPM_FIND)
    library = dlopen("libtss2-tctildr.so.0", RTLD_LAZY | RTLD_LOCAL);
    CTPM_TCTI(CTPM_FIND)
    library = dlopen("libtss2-mu.so.0", RTLD_LAZY | RTLD_LOCAL);
    CTPM_MU(CTPM_FIND)
}

const char *ctpm_missing(void) {
    pthread_once(&once, load);
    return missing[0] ? missing : NULL;
}
