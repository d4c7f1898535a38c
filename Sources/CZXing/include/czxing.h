// ZXing-C++ behind a C interface: grey pixels in, symbols out, no exception past this border.
// Compiles against 1.4 (Debian 12) and 2.2 or later (Debian 13).
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CZXING_QR = 1 << 0,
    CZXING_MICRO_QR = 1 << 1,
    CZXING_DATA_MATRIX = 1 << 2,
    CZXING_AZTEC = 1 << 3,
    CZXING_PDF417 = 1 << 4,
    CZXING_CODE_128 = 1 << 5,
    CZXING_CODE_39 = 1 << 6,
    CZXING_EAN_13 = 1 << 7,
    CZXING_EAN_8 = 1 << 8,
    CZXING_UPC_A = 1 << 9,
    CZXING_UPC_E = 1 << 10,
    CZXING_ITF = 1 << 11,
    // Not a format: one threshold between black and white for the whole picture.
    CZXING_ONE_THRESHOLD = 1 << 16,
};

typedef struct {
    int format;      // one of the values above
    uint8_t *bytes;  // released with czxing_release; UTF-8 where the symbol states the encoding of a text
    size_t count;
    char identifier[8];  // AIM symbology identifier, or empty
    int x[4], y[4];      // corners in reading order: top left, top right, bottom right, bottom left
    // Of a series that holds one text together (structured append); part_index is -1 for a whole symbol.
    int part_index, part_count;
    char series[24];
} czxing_symbol;

/// Fills `symbols`; how many, or -1 when the library failed.
///
/// At most one symbol is sought unless `multiple`, which must not be asked together with linear formats: 1.4
/// then ends the process on an assertion (zxing-cpp issues 516 and 740).
int czxing_read(const uint8_t *pixels, int width, int height, int formats, int multiple,
                czxing_symbol *symbols, int most);
void czxing_release(czxing_symbol *symbols, int count);
/// The version it was built against, such as 1, 4, 0.
void czxing_version(int *major, int *minor, int *patch);

#ifdef __cplusplus
}
#endif
