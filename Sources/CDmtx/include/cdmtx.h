// libdmtx behind a flat interface: grey pixels in, Data Matrix symbols out, never longer than asked.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes;  // released with cdmtx_release; FNC1 as GS (0x1D)
    size_t count;
    uint8_t *codewords;  // of the data, after error correction; released with cdmtx_release
    size_t codeword_count;
    double x[4], y[4];  // corners in reading order: top left, top right, bottom right, bottom left
} cdmtx_symbol;

/// Fills `symbols`; how many, or -1 without memory. Looks no longer than `milliseconds` for another symbol.
///
/// `pixels` are rows from the top, a byte each, 0 black.
int cdmtx_read(const uint8_t *pixels, int width, int height, int milliseconds, cdmtx_symbol *symbols,
               int most);
void cdmtx_release(cdmtx_symbol *symbols, int count);
