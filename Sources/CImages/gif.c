#include "gray.h"
#include <stdlib.h>
#include <string.h>

#include <gif_lib.h>

// GIF89a by giflib, one frame at a time: the whole of an animation is never in memory.

struct cimages_gif {
    const uint8_t *bytes;
    size_t count, position;
    GifFileType *file;
    int width, height;
    uint8_t *canvas;  // what is seen; parts never drawn are white, as on a page
    uint8_t *earlier; // the canvas before a frame that is to be taken away again, or NULL
    uint8_t *line;
    int disposal;     // of the last frame
    int left, top, right, bottom;
};

static int source_read(GifFileType *file, GifByteType *into, int wanted) {
    cimages_gif *gif = file->UserData;
    size_t left = gif->count - gif->position;
    size_t given = wanted < 0 ? 0 : (size_t)wanted < left ? (size_t)wanted : left;
    memcpy(into, gif->bytes + gif->position, given);
    gif->position += given;
    return (int)given;
}

static int lower(int value, int most) { return value < most ? value : most; }
static size_t area(const cimages_gif *gif) { return (size_t)gif->width * (size_t)gif->height; }

cimages_gif *cimages_gif_open(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray,
                              int *outcome) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    cimages_gif *gif = calloc(1, sizeof *gif);
    *outcome = gif ? CIMAGES_READ : CIMAGES_TOO_LARGE;
    if (!gif) return NULL;
    gif->bytes = bytes;
    gif->count = count;
    int code = 0;
    gif->file = DGifOpen(gif, source_read, &code);
    if (!gif->file) *outcome = cimages_fail(gray, "the GIF header is damaged");
    else *outcome = cimages_allocate(gray, (uint64_t)gif->file->SWidth, (uint64_t)gif->file->SHeight, most_pixels);
    if (*outcome == CIMAGES_READ) {
        gif->width = gray->width;
        gif->height = gray->height;
        gif->canvas = gray->pixels;
        gray->pixels = NULL;
        memset(gif->canvas, 255, area(gif));
        return gif;
    }
    cimages_gif_close(gif);
    return NULL;
}

// What became of the last frame before the next is drawn.
static void dispose(cimages_gif *gif) {
    if (gif->disposal == DISPOSE_PREVIOUS && gif->earlier) memcpy(gif->canvas, gif->earlier, area(gif));
    if (gif->disposal != DISPOSE_BACKGROUND || gif->right <= gif->left) return;
    for (int y = gif->top; y < gif->bottom; y++)
        memset(gif->canvas + (size_t)y * (size_t)gif->width + gif->left, 255, (size_t)(gif->right - gif->left));
}

static int draw_line(cimages_gif *gif, int y, const uint8_t *luma, int transparent) {
    GifImageDesc image = gif->file->Image;
    if (DGifGetLine(gif->file, gif->line, image.Width) != GIF_OK) return 0;
    if (image.Top + y >= gif->height) return 1;
    uint8_t *row = gif->canvas + (size_t)(image.Top + y) * (size_t)gif->width;
    for (int x = gif->left; x < gif->right; x++) {
        int colour = gif->line[x - image.Left];
        if (colour != transparent) row[x] = luma[colour];
    }
    return 1;
}

static int draw(cimages_gif *gif, const uint8_t *luma, int transparent) {
    static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    int height = gif->file->Image.Height, passes = gif->file->Image.Interlace ? 4 : 1;
    for (int pass = 0; pass < passes; pass++)
        for (int y = passes == 1 ? 0 : starts[pass]; y < height; y += passes == 1 ? 1 : steps[pass])
            if (!draw_line(gif, y, luma, transparent)) return 0;
    return 1;
}

static int colours(const cimages_gif *gif, uint8_t luma[256]) {
    const ColorMapObject *map = gif->file->Image.ColorMap ? gif->file->Image.ColorMap : gif->file->SColorMap;
    if (!map) return 0;
    memset(luma, 0, 256);
    for (int i = 0; i < map->ColorCount && i < 256; i++) {
        GifColorType colour = map->Colors[i];
        luma[i] = (uint8_t)((colour.Red * 77 + colour.Green * 150 + colour.Blue * 29) >> 8);
    }
    return 1;
}

static int frame(cimages_gif *gif, int disposal, int transparent) {
    uint8_t luma[256];
    if (DGifGetImageDesc(gif->file) != GIF_OK || !colours(gif, luma)) return 0;
    GifImageDesc image = gif->file->Image;
    if (image.Width <= 0 || image.Height <= 0 || image.Left < 0 || image.Top < 0) return 0;
    dispose(gif);
    gif->disposal = disposal;
    gif->left = lower(image.Left, gif->width);
    gif->right = lower(image.Left + image.Width, gif->width);
    gif->top = lower(image.Top, gif->height);
    gif->bottom = lower(image.Top + image.Height, gif->height);
    if (disposal == DISPOSE_PREVIOUS) {
        if (!gif->earlier) gif->earlier = malloc(area(gif));
        if (!gif->earlier) return 0;
        memcpy(gif->earlier, gif->canvas, area(gif));
    }
    free(gif->line);
    gif->line = malloc((size_t)image.Width);
    return gif->line && draw(gif, luma, transparent);
}

// What goes before a frame: how long it stays (of no matter here), how it goes, which colour is none.
static int extension(cimages_gif *gif, int *disposal, int *transparent) {
    GifByteType *block = NULL;
    int kind = 0;
    if (DGifGetExtension(gif->file, &kind, &block) != GIF_OK) return 0;
    GraphicsControlBlock control;
    if (kind == GRAPHICS_EXT_FUNC_CODE && block && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
        *disposal = control.DisposalMode;
        *transparent = control.TransparentColor;
    }
    while (block)
        if (DGifGetExtensionNext(gif->file, &block) != GIF_OK) return 0;
    return 1;
}

static int next(cimages_gif *gif) {
    int disposal = DISPOSAL_UNSPECIFIED, transparent = NO_TRANSPARENT_COLOR;
    while (1) {
        GifRecordType kind;
        if (DGifGetRecordType(gif->file, &kind) != GIF_OK) return 0;
        if (kind == IMAGE_DESC_RECORD_TYPE) return frame(gif, disposal, transparent);
        if (kind != EXTENSION_RECORD_TYPE || !extension(gif, &disposal, &transparent)) return 0;
    }
}

int cimages_gif_next(cimages_gif *gif, cimages_gray *gray) {
    memset(gray, 0, sizeof *gray);
    gray->orientation = 1;
    if (!next(gif)) return cimages_fail(gray, "the frame is cut short or damaged");
    int sized = cimages_allocate(gray, (uint64_t)gif->width, (uint64_t)gif->height, area(gif));
    if (sized == CIMAGES_READ) memcpy(gray->pixels, gif->canvas, area(gif));
    return sized;
}

void cimages_gif_close(cimages_gif *gif) {
    if (!gif) return;
    if (gif->file) DGifCloseFile(gif->file, NULL);
    free(gif->canvas);
    free(gif->earlier);
    free(gif->line);
    free(gif);
}
