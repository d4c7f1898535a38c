#pragma once
#include "include/cimages.h"

/// Clears `gray` and checks the size; CIMAGES_READ with `pixels` allocated, or why not.
int cimages_allocate(cimages_gray *gray, uint64_t width, uint64_t height, uint64_t most_pixels);
/// Notes the reason and frees what was allocated; gives CIMAGES_CORRUPT.
int cimages_fail(cimages_gray *gray, const char *reason);
