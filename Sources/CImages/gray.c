#include "gray.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int cimages_allocate(cimages_gray *gray, uint64_t width, uint64_t height, uint64_t most_pixels) {
    if (width == 0 || height == 0) return cimages_fail(gray, "the picture has no pixels");
    if (width > INT_MAX / 4 || height > INT_MAX / 4 || width > most_pixels / height) return CIMAGES_TOO_LARGE;
    gray->pixels = malloc((size_t)(width * height));
    if (!gray->pixels) return CIMAGES_TOO_LARGE;
    gray->width = (int)width;
    gray->height = (int)height;
    return CIMAGES_READ;
}

int cimages_fail(cimages_gray *gray, const char *reason) {
    snprintf(gray->reason, sizeof gray->reason, "%s", reason);
    cimages_release(gray);
    return CIMAGES_CORRUPT;
}

void cimages_release(cimages_gray *gray) {
    free(gray->pixels);
    gray->pixels = NULL;
}
