#include "gray.h"
#include <string.h>

#include <png.h>

// ISO/IEC 15948 (PNG) by libpng's simplified interface, which keeps its longjmp to itself.
int cimages_read_png(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return cimages_fail(gray, image.message);
    int sized = cimages_allocate(gray, image.width, image.height, most_pixels);
    if (sized != CIMAGES_READ) {
        png_image_free(&image);
        return sized;
    }
    image.format = PNG_FORMAT_GRAY;
    // Transparent parts become white, as on a page.
    const png_color white = {255, 255, 255};
    if (!png_image_finish_read(&image, &white, gray->pixels, 0, NULL)) return cimages_fail(gray, image.message);
    return CIMAGES_READ;
}
