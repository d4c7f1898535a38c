// Texts as UTF-8: 1.4 has them wide unless told otherwise, and later releases know nothing else.
#define ZX_USE_UTF8 1

#include "czxing.h"

#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

#include <cstdlib>
#include <cstring>
#include <string>

// From 2.2 the options are ReaderOptions; before, DecodeHints.
#if __has_include(<ZXing/ReaderOptions.h>)
#include <ZXing/ReaderOptions.h>
using Options = ZXing::ReaderOptions;
#else
#include <ZXing/DecodeHints.h>
using Options = ZXing::DecodeHints;
#endif

namespace {

struct Pair {
    int ours;
    ZXing::BarcodeFormat theirs;
};

const Pair pairs[] = {
    {CZXING_QR, ZXing::BarcodeFormat::QRCode},
    {CZXING_MICRO_QR, ZXing::BarcodeFormat::MicroQRCode},
    {CZXING_DATA_MATRIX, ZXing::BarcodeFormat::DataMatrix},
    {CZXING_AZTEC, ZXing::BarcodeFormat::Aztec},
    {CZXING_PDF417, ZXing::BarcodeFormat::PDF417},
    {CZXING_CODE_128, ZXing::BarcodeFormat::Code128},
    {CZXING_CODE_39, ZXing::BarcodeFormat::Code39},
    {CZXING_EAN_13, ZXing::BarcodeFormat::EAN13},
    {CZXING_EAN_8, ZXing::BarcodeFormat::EAN8},
    {CZXING_UPC_A, ZXing::BarcodeFormat::UPCA},
    {CZXING_UPC_E, ZXing::BarcodeFormat::UPCE},
    {CZXING_ITF, ZXing::BarcodeFormat::ITF},
};

Options options(int formats, int multiple, int most) {
    ZXing::BarcodeFormats wanted;
    for (const auto &pair : pairs)
        if (formats & pair.ours) wanted |= pair.theirs;
    Options options;
    options.setFormats(wanted);
    options.setTryHarder(true);
    options.setTryRotate(true);
    if (formats & CZXING_ONE_THRESHOLD) options.setBinarizer(ZXing::Binarizer::GlobalHistogram);
    options.setMaxNumberOfSymbols(static_cast<uint8_t>(multiple ? (most < 255 ? most : 255) : 1));
    return options;
}

/// The text in UTF-8 where the symbol states its encodings (ECI), which bytes alone do not tell; else empty.
template <typename Found>
std::string stated(const Found &found) {
    if (!found.hasECI() || found.contentType() != ZXing::ContentType::Text) return {};
#if ZXING_VERSION_MAJOR >= 2
    return found.text(ZXing::TextMode::Plain);
#else
    return found.text();
#endif
}

template <typename Found>
bool copy(const Found &found, czxing_symbol &symbol) {
    std::memset(&symbol, 0, sizeof symbol);
    for (const auto &pair : pairs)
        if (found.format() == pair.theirs) symbol.format = pair.ours;
    if (!symbol.format) return false;
    const auto text = stated(found);
    const auto &bytes = found.bytes();
    const void *content = text.empty() ? static_cast<const void *>(bytes.data()) : text.data();
    symbol.count = text.empty() ? bytes.size() : text.size();
    symbol.bytes = static_cast<uint8_t *>(std::malloc(symbol.count + 1));
    if (!symbol.bytes) return false;
    if (symbol.count) std::memcpy(symbol.bytes, content, symbol.count);
    symbol.part_index = found.isPartOfSequence() ? found.sequenceIndex() : -1;
    symbol.part_count = found.sequenceSize();
    std::strncpy(symbol.series, found.sequenceId().c_str(), sizeof symbol.series - 1);
    std::strncpy(symbol.identifier, found.symbologyIdentifier().c_str(), sizeof symbol.identifier - 1);
    for (int i = 0; i < 4; i++) {
        symbol.x[i] = found.position()[i].x;
        symbol.y[i] = found.position()[i].y;
    }
    return true;
}

}  // namespace

extern "C" int czxing_read(const uint8_t *pixels, int width, int height, int formats, int multiple,
                           czxing_symbol *symbols, int most) {
    int count = 0;
    try {
        const ZXing::ImageView view(pixels, width, height, ZXing::ImageFormat::Lum);
        // One symbol goes through ReadBarcode, which never met an assertion of 1.4.
        if (!multiple) {
            const auto found = ZXing::ReadBarcode(view, options(formats, 0, 1));
            return found.isValid() && most > 0 && copy(found, symbols[0]) ? 1 : 0;
        }
        for (const auto &found : ZXing::ReadBarcodes(view, options(formats, multiple, most))) {
            if (count < most && found.isValid() && copy(found, symbols[count])) count++;
        }
        return count;
    } catch (...) {
        czxing_release(symbols, count);
        return -1;
    }
}

extern "C" void czxing_release(czxing_symbol *symbols, int count) {
    for (int i = 0; i < count; i++) {
        std::free(symbols[i].bytes);
        symbols[i].bytes = nullptr;
    }
}

extern "C" void czxing_version(int *major, int *minor, int *patch) {
    *major = ZXING_VERSION_MAJOR;
    *minor = ZXING_VERSION_MINOR;
    *patch = ZXING_VERSION_PATCH;
}
