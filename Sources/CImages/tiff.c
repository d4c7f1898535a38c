#include "gray.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

// TIFF 6.0 by libtiff, from memory and never from a file.

struct source {
    const uint8_t *bytes;
    size_t count;
    size_t position;
};

static tmsize_t source_read(thandle_t handle, void *into, tmsize_t wanted) {
    struct source *source = handle;
    if (wanted <= 0 || source->position >= source->count) return 0;
    size_t left = source->count - source->position;
    size_t given = (size_t)wanted < left ? (size_t)wanted : left;
    memcpy(into, source->bytes + source->position, given);
    source->position += given;
    return (tmsize_t)given;
}

static tmsize_t source_write(thandle_t handle, void *from, tmsize_t count) {
    (void)handle, (void)from, (void)count;
    return 0;
}

static toff_t source_seek(thandle_t handle, toff_t offset, int whence) {
    struct source *source = handle;
    if (whence == SEEK_CUR) offset += source->position;
    if (whence == SEEK_END) offset += source->count;
    source->position = (size_t)offset;
    return offset;
}

static int source_close(thandle_t handle) { return (void)handle, 0; }
static toff_t source_size(thandle_t handle) { return ((struct source *)handle)->count; }

static int source_map(thandle_t handle, void **base, toff_t *size) {
    return (void)handle, (void)base, (void)size, 0;
}

static void source_unmap(thandle_t handle, void *base, toff_t size) { (void)handle, (void)base, (void)size; }

static int convert(TIFF *tiff, uint32_t width, uint32_t height, cimages_gray *gray) {
    size_t count = (size_t)width * height;
    uint32_t *colours = malloc(count * sizeof *colours);
    if (!colours) return cimages_fail(gray, "there is not enough memory for the picture");
    // The stated orientation is asked back, so that rows come as stored; the caller turns them.
    if (!TIFFReadRGBAImageOriented(tiff, width, height, colours, gray->orientation, 1)) {
        free(colours);
        return cimages_fail(gray, "the picture is cut short, damaged or of an unknown kind");
    }
    for (size_t i = 0; i < count; i++) {
        // ITU-R BT.601 luma of a premultiplied colour, over a white page.
        uint32_t luma = (TIFFGetR(colours[i]) * 77 + TIFFGetG(colours[i]) * 150 + TIFFGetB(colours[i]) * 29) >> 8;
        luma += 255 - TIFFGetA(colours[i]);
        gray->pixels[i] = (uint8_t)(luma > 255 ? 255 : luma);
    }
    free(colours);
    return CIMAGES_READ;
}

int cimages_read_tiff(const uint8_t *bytes, size_t count, uint64_t directory, uint64_t most_pixels,
                      cimages_gray *gray) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    TIFFSetErrorHandler(NULL);
    TIFFSetWarningHandler(NULL);
    struct source source = {.bytes = bytes, .count = count};
    // h: the header alone, so that a damaged first page does not hide the others.
    TIFF *tiff = TIFFClientOpen("picture", "rhm", &source, source_read, source_write, source_seek, source_close,
                                source_size, source_map, source_unmap);
    if (!tiff) return cimages_fail(gray, "the TIFF header is damaged");
    if (!TIFFSetSubDirectory(tiff, directory)) {
        TIFFClose(tiff);
        return cimages_fail(gray, "the description of the page is cut short or damaged");
    }
    uint32_t width = 0, height = 0;
    uint16_t orientation = ORIENTATION_TOPLEFT;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    int done = cimages_allocate(gray, width, height, most_pixels);
    if (done == CIMAGES_READ) {
        gray->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
        done = convert(tiff, width, height, gray);
    }
    TIFFClose(tiff);
    return done;
}
