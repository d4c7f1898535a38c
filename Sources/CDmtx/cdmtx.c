#include "cdmtx.h"

#include <dmtx.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *copied(const unsigned char *bytes, size_t count) {
    uint8_t *copy = malloc(count + 1);
    if (copy && count) memcpy(copy, bytes, count);
    return copy;
}

/// Whether the message was taken; its corners come from the unit square that was fitted to it.
static int take(const DmtxMessage *message, DmtxRegion *region, int height, cdmtx_symbol *symbol) {
    DmtxVector2 corners[4] = {{0, 1}, {1, 1}, {1, 0}, {0, 0}};
    const int words = dmtxGetSymbolAttribute(DmtxSymAttribSymbolDataWords, region->sizeIdx);
    if (message->outputIdx < 0 || words < 0 || (size_t)words > message->codeSize) return 0;
    symbol->count = (size_t)message->outputIdx;
    symbol->codeword_count = (size_t)words;
    symbol->bytes = copied(message->output, symbol->count);
    symbol->codewords = copied(message->code, symbol->codeword_count);
    for (int i = 0; i < 4; i++) {
        dmtxMatrix3VMultiplyBy(&corners[i], region->fit2raw);
        // The library counts rows from the bottom.
        symbol->x[i] = corners[i].X;
        symbol->y[i] = height - 1 - corners[i].Y;
    }
    if (symbol->bytes && symbol->codewords) return 1;
    cdmtx_release(symbol, 1);
    return 0;
}

int cdmtx_read(const uint8_t *pixels, int width, int height, int milliseconds, cdmtx_symbol *symbols,
               int most) {
    int count = 0;
    // The library writes to the pixels only when told to.
    DmtxImage *image = dmtxImageCreate((unsigned char *)pixels, width, height, DmtxPack8bppK);
    if (!image) return -1;
    DmtxDecode *decode = dmtxDecodeCreate(image, 1);
    if (!decode) {
        dmtxImageDestroy(&image);
        return -1;
    }
    dmtxDecodeSetProp(decode, DmtxPropFnc1, 29);
    DmtxTime end = dmtxTimeAdd(dmtxTimeNow(), milliseconds);
    while (count < most) {
        DmtxRegion *region = dmtxRegionFindNext(decode, &end);
        if (!region) break;
        DmtxMessage *message = dmtxDecodeMatrixRegion(decode, region, DmtxUndefined);
        if (message) {
            count += take(message, region, height, &symbols[count]);
            dmtxMessageDestroy(&message);
        }
        dmtxRegionDestroy(&region);
    }
    dmtxDecodeDestroy(&decode);
    dmtxImageDestroy(&image);
    return count;
}

void cdmtx_release(cdmtx_symbol *symbols, int count) {
    for (int i = 0; i < count; i++) {
        free(symbols[i].bytes);
        free(symbols[i].codewords);
        symbols[i].bytes = symbols[i].codewords = NULL;
    }
}
