// Grey pictures out of PNG, JPEG, WebP, TIFF and GIF bytes. Errors of the libraries (longjmp included) stay
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
/// The page whose directory begins at the byte `directory`.
int cimages_read_tiff(const uint8_t *bytes, size_t count, uint64_t directory, uint64_t most_pixels,
                      cimages_gray *gray);
void cimages_release(cimages_gray *gray);

/// An animation that is being read; `bytes` outlive it.
typedef struct cimages_gif cimages_gif;
/// NULL when it cannot be read: then *outcome is one of the values above, with `gray->reason`.
cimages_gif *cimages_gif_open(const uint8_t *bytes, size_t count, uint64_t most_pixels, cimages_gray *gray,
                              int *outcome);
/// The next frame as it is seen: drawn over what the earlier ones left. After a failure no other can be read.
int cimages_gif_next(cimages_gif *gif, cimages_gray *gray);
void cimages_gif_close(cimages_gif *gif);

/// Draws a copy: the middle of its upper left pixel shows the place (x, y) of the source, one pixel to the
/// right lies (step_x, step_y) further there, one down (-step_y, step_x). Blended between pixels; white
/// outside the source.
void cimages_resample(const uint8_t *source, int width, int height, uint8_t *copy, int copy_width,
                      int copy_height, double x, double y, double step_x, double step_y);
/// Draws a smaller copy: each pixel is the mean of those it covers.
void cimages_shrink(const uint8_t *source, int width, int height, uint8_t *copy, int copy_width,
                    int copy_height);
/// Says of each square of `side` pixels how much the brightness changes in it both along the rows and along the
/// columns: the lesser of the two mean changes from pixel to pixel. `map` has (width / side) × (height / side) values.
void cimages_busyness(const uint8_t *source, int width, int height, int side, uint8_t *map);
/// The direction in which the brightness changes most: the sums over all pixels of the squared changes along the rows
/// (sums[0]) and columns (sums[1]) and of their products (sums[2]).
void cimages_direction(const uint8_t *source, int width, int height, double sums[3]);
/// Draws the upright copy of rows stored in an orientation of 2...8; for 5...8 width and height change places.
void cimages_upright(const uint8_t *source, int width, int height, int orientation, uint8_t *copy);
