#include "gray.h"
#include <string.h>

#include <webp/decode.h>

// RFC 9649 (WebP) by libwebp: a still picture; its luma plane is the grey picture.
int cimages_read_webp(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    int width = 0, height = 0;
    if (!WebPGetInfo(bytes, count, &width, &height)) return cimages_fail(gray, "the WebP header is damaged");
    int sized = cimages_allocate(gray, (uint64_t)width, (uint64_t)height, most_pixels);
    if (sized != CIMAGES_READ) return sized;
    uint8_t *u = NULL, *v = NULL;
    int stride = 0, chroma_stride = 0, got_width = 0, got_height = 0;
    uint8_t *luma = WebPDecodeYUV(bytes, count, &got_width, &got_height, &u, &v, &stride, &chroma_stride);
    if (!luma || got_width != width || got_height != height) {
        WebPFree(luma);
        return cimages_fail(gray, "the picture is cut short or damaged");
    }
    for (int row = 0; row < height; row++)
        memcpy(gray->pixels + (size_t)row * (size_t)width, luma + (size_t)row * (size_t)stride, (size_t)width);
    WebPFree(luma);
    return CIMAGES_READ;
}
