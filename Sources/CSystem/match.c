#define _GNU_SOURCE
#include "csystem.h"
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static char **copy(const glob_t *found) {
    char **paths = calloc(found->gl_pathc + 1, sizeof *paths);
    for (size_t i = 0; paths && i < found->gl_pathc; i++) {
        paths[i] = strdup(found->gl_pathv[i]);
        if (!paths[i]) {
            csystem_free_matches(paths);
            return NULL;
        }
    }
    return paths;
}

int csystem_match(const char *pattern, char ***paths) {
    glob_t found;
    memset(&found, 0, sizeof found);
    int outcome = glob(pattern, 0, NULL, &found);
    int failed = outcome == GLOB_NOMATCH ? -ENOENT : outcome == GLOB_NOSPACE ? -ENOMEM : outcome ? -EIO : 0;
    if (!failed && !(*paths = copy(&found))) failed = -ENOMEM;
    globfree(&found);
    return failed;
}

void csystem_free_matches(char **paths) {
    for (char **path = paths; path && *path; path++) free(*path);
    free(paths);
}
