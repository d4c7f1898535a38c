// Grey pictures out of PNG, JPEG, WebP and TIFF bytes. Errors of the libraries (longjmp included) stay
// within C; no header of theirs is visible to Swift.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *pixels;  // width * height, rows from the top, 0 black; released with cimages_release
    int width;
    int height;
    int orientation;  // EXIF/TIFF 1...8: how the rows lie; 1 is upright
    char reason[160]; // the library's words when it failed
} cimages_gray;

enum { CIMAGES_READ = 0, CIMAGES_CORRUPT = 1, CIMAGES_TOO_LARGE = 2 };

/// Each gives one of the values above. Nothing is allocated for more than `most_pixels`.
int cimages_read_png(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray);
int cimages_read_jpeg(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray);
int cimages_read_webp(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray);
/// The first page only.
int cimages_read_tiff(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray);
void cimages_release(cimages_gray *gray);
