#include "cimages.h"
#include <math.h>

static int lower(int value, int most) { return value < most ? value : most; }

void cimages_resample(const uint8_t *source, int width, int height, uint8_t *copy, int copy_width,
                      int copy_height, double x, double y, double step_x, double step_y) {
    for (int row = 0; row < copy_height; row++) {
        for (int column = 0; column < copy_width; column++) {
            // Pixel numbers count from the middle of the first pixel.
            double at_x = x - row * step_y + column * step_x - 0.5;
            double at_y = y + row * step_x + column * step_y - 0.5;
            uint8_t *pixel = copy + (size_t)row * (size_t)copy_width + column;
            *pixel = 255;
            if (at_x < -0.5 || at_y < -0.5 || at_x > width - 0.5 || at_y > height - 0.5) continue;
            int fixed_x = at_x > 0 ? (int)(at_x * 256) : 0, fixed_y = at_y > 0 ? (int)(at_y * 256) : 0;
            int left = lower(fixed_x >> 8, width - 1), top = lower(fixed_y >> 8, height - 1);
            int right = lower(left + 1, width - 1), bottom = lower(top + 1, height - 1);
            int part_x = fixed_x & 255, part_y = fixed_y & 255;
            const uint8_t *upper_row = source + (size_t)top * (size_t)width;
            const uint8_t *lower_row = source + (size_t)bottom * (size_t)width;
            int above = upper_row[left] * (256 - part_x) + upper_row[right] * part_x;
            int below = lower_row[left] * (256 - part_x) + lower_row[right] * part_x;
            *pixel = (uint8_t)((above * (256 - part_y) + below * part_y) >> 16);
        }
    }
}

// The end of the range of source pixels that one pixel of the copy covers; the range is never empty.
static int end_of(int64_t index, int64_t size, int64_t copy_size) {
    int64_t start = index * size / copy_size, end = (index + 1) * size / copy_size;
    return (int)(end > start ? end : start + 1);
}

void cimages_shrink(const uint8_t *source, int width, int height, uint8_t *copy, int copy_width,
                    int copy_height) {
    for (int row = 0; row < copy_height; row++) {
        int top = (int)((int64_t)row * height / copy_height), bottom = end_of(row, height, copy_height);
        for (int column = 0; column < copy_width; column++) {
            int left = (int)((int64_t)column * width / copy_width), right = end_of(column, width, copy_width);
            uint64_t sum = 0;
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++) sum += source[(size_t)y * (size_t)width + x];
            uint64_t count = (uint64_t)(bottom - top) * (uint64_t)(right - left);
            copy[(size_t)row * (size_t)copy_width + column] = (uint8_t)(sum / count);
        }
    }
}

void cimages_upright(const uint8_t *source, int width, int height, int orientation, uint8_t *copy) {
    int swapped = orientation >= 5;
    int copy_width = swapped ? height : width, copy_height = swapped ? width : height;
    for (int y = 0; y < copy_height; y++) {
        for (int x = 0; x < copy_width; x++) {
            int across = swapped ? y : x, down = swapped ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                across = width - 1 - across;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                down = height - 1 - down;
            copy[(size_t)y * (size_t)copy_width + x] = source[(size_t)down * (size_t)width + across];
        }
    }
}

void cimages_busyness(const uint8_t *source, int width, int height, int side, uint8_t *map) {
    int columns = width / side, rows = height / side;
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            int along = 0, across = 0;
            for (int y = row * side; y < (row + 1) * side; y++) {
                const uint8_t *line = source + (size_t)y * (size_t)width + column * side;
                const uint8_t *below = y + 1 < height ? line + width : line;
                for (int x = 0; x < side; x++) {
                    int next = column * side + x + 1 < width ? line[x + 1] : line[x];
                    along += next > line[x] ? next - line[x] : line[x] - next;
                    across += below[x] > line[x] ? below[x] - line[x] : line[x] - below[x];
                }
            }
            map[row * columns + column] = (uint8_t)((along < across ? along : across) / (side * side));
        }
    }
}

void cimages_direction(const uint8_t *source, int width, int height, double sums[3]) {
    sums[0] = sums[1] = sums[2] = 0;
    for (int y = 1; y + 1 < height; y++) {
        const uint8_t *line = source + (size_t)y * (size_t)width;
        for (int x = 1; x + 1 < width; x++) {
            double along = line[x + 1] - line[x - 1], across = line[x + width] - line[x - width];
            sums[0] += along * along;
            sums[1] += across * across;
            sums[2] += along * across;
        }
    }
}
