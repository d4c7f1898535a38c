#include "gray.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

// ITU-T T.81 by libjpeg-turbo; the orientation from EXIF 2.32 (APP1), tag 0x0112 of the first directory.

enum { EXIF_MARKER = JPEG_APP0 + 1, MOST_SCANS = 500 };

struct failure {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    char words[JMSG_LENGTH_MAX];
    int too_many_scans;
};

static void leave(j_common_ptr codec) {
    struct failure *failure = (struct failure *)codec->err;
    codec->err->format_message(codec, failure->words);
    longjmp(failure->escape, 1);
}

// Warnings are kept, not printed: a truncated file is one, and is refused at the end.
static void keep_quiet(j_common_ptr codec) { (void)codec; }

// A progressive file of very many scans over a large picture costs minutes: stop it.
static void count_scans(j_common_ptr codec) {
    if (!codec->is_decompressor) return;
    if (((j_decompress_ptr)codec)->input_scan_number <= MOST_SCANS) return;
    struct failure *failure = (struct failure *)codec->err;
    snprintf(failure->words, sizeof failure->words, "the picture has too many scans");
    longjmp(failure->escape, 1);
}

static unsigned number(const uint8_t *at, int size, int little) {
    unsigned value = 0;
    for (int i = 0; i < size; i++) value = value << 8 | at[little ? size - 1 - i : i];
    return value;
}

static int orientation(const struct jpeg_marker_struct *marker) {
    for (; marker; marker = marker->next) {
        if (marker->marker != EXIF_MARKER || marker->data_length < 14) continue;
        if (memcmp(marker->data, "Exif\0\0", 6) != 0) continue;
        const uint8_t *tiff = marker->data + 6;
        size_t count = marker->data_length - 6;
        int little = tiff[0] == 'I';
        size_t directory = number(tiff + 4, 4, little);
        if (directory > count || count - directory < 2) return 1;
        size_t entries = number(tiff + directory, 2, little);
        for (size_t i = 0; i < entries; i++) {
            size_t at = directory + 2 + 12 * i;
            if (at + 12 > count) return 1;
            if (number(tiff + at, 2, little) != 0x0112) continue;
            unsigned value = number(tiff + at + 8, 2, little);
            return value >= 1 && value <= 8 ? (int)value : 1;
        }
        return 1;
    }
    return 1;
}

static int decode(j_decompress_ptr codec, uint64_t most_pixels, cimages_gray *gray) {
    jpeg_save_markers(codec, EXIF_MARKER, 0xFFFF);
    jpeg_read_header(codec, TRUE);
    int sized = cimages_allocate(gray, codec->image_width, codec->image_height, most_pixels);
    if (sized != CIMAGES_READ) return sized;
    gray->orientation = orientation(codec->marker_list);
    codec->out_color_space = JCS_GRAYSCALE;
    codec->dct_method = JDCT_IFAST;
    jpeg_start_decompress(codec);
    while (codec->output_scanline < codec->output_height) {
        JSAMPROW row = gray->pixels + (size_t)codec->output_scanline * (size_t)gray->width;
        jpeg_read_scanlines(codec, &row, 1);
    }
    jpeg_finish_decompress(codec);
    // libjpeg fills what a cut file lacks with grey and only warns.
    return codec->err->num_warnings == 0 ? CIMAGES_READ : CIMAGES_CORRUPT;
}

int cimages_read_jpeg(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    struct jpeg_decompress_struct codec;
    struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
    struct failure failure;
    memset(&failure, 0, sizeof failure);
    codec.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = leave;
    failure.manager.output_message = keep_quiet;
    if (setjmp(failure.escape)) {
        jpeg_destroy_decompress(&codec);
        return cimages_fail(gray, failure.words);
    }
    jpeg_create_decompress(&codec);
    codec.progress = &progress;
    codec.mem->max_memory_to_use = 256L << 20;
    jpeg_mem_src(&codec, bytes, count);
    int done = decode(&codec, most_pixels, gray);
    jpeg_destroy_decompress(&codec);
    return done == CIMAGES_CORRUPT ? cimages_fail(gray, "the picture is cut short or damaged") : done;
}
