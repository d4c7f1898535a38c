/// Windows bitmap without compression: 1, 4, 8, 24 or 32 bits a pixel.
///
/// Source: Microsoft, "Bitmap Storage", BITMAPFILEHEADER and BITMAPINFOHEADER.
enum BMP {
    /// What the headers say, checked.
    private struct Layout {
        var width: Int
        var height: Int
        var startsAtTop: Bool
        var bits: Int
        var pixelsAt: Int
        /// Grey values of the colour table; empty for true colour.
        var table: [UInt8]
        /// Bytes of a row, padded to four.
        var stride: Int { (width * bits + 31) / 32 * 4 }
    }

    static func read(_ bytes: [UInt8], mostPixels: Int) throws(DecodingError) -> GrayPicture {
        let layout = try layout(LittleEndian(bytes: bytes), mostPixels: mostPixels)
        guard layout.pixelsAt >= 0, layout.pixelsAt <= bytes.count,
            (bytes.count - layout.pixelsAt) / layout.stride >= layout.height
        else { throw .corrupt(reason: "the picture is cut short") }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(layout.width * layout.height)
        for y in 0..<layout.height {
            let row = layout.startsAtTop ? y : layout.height - 1 - y
            let start = layout.pixelsAt + row * layout.stride
            for x in 0..<layout.width { pixels.append(value(bytes, start, x, layout)) }
        }
        return GrayPicture(width: layout.width, height: layout.height, pixels: pixels)
    }

    private static func value(_ bytes: [UInt8], _ start: Int, _ x: Int, _ layout: Layout) -> UInt8 {
        if layout.bits >= 24 {
            let at = start + x * layout.bits / 8
            return luma(red: bytes[at + 2], green: bytes[at + 1], blue: bytes[at])
        }
        let bit = x * layout.bits
        let shift = 8 - layout.bits - bit % 8
        let index = Int(bytes[start + bit / 8] >> UInt8(shift)) & ((1 << layout.bits) - 1)
        return index < layout.table.count ? layout.table[index] : 0
    }

    private static func layout(
        _ reader: LittleEndian, mostPixels: Int
    ) throws(DecodingError) -> Layout {
        guard let pixelsAt = reader.number(at: 10, size: 4), let header = reader.number(at: 14, size: 4),
            header >= 40, let width = reader.signed(at: 18), let height = reader.signed(at: 22),
            let bits = reader.number(at: 28, size: 2), let compression = reader.number(at: 30, size: 4),
            let used = reader.number(at: 46, size: 4)
        else { throw .corrupt(reason: "the bitmap header is cut short or of an old kind") }
        guard width > 0, height != 0 else { throw .corrupt(reason: "the picture has no pixels") }
        guard width <= mostPixels / abs(height) else { throw .tooLarge }
        // Bit fields (3) of 32 bits are nearly always B, G, R, X; anything else is compressed.
        guard [1, 4, 8, 24, 32].contains(bits), compression == 0 || (compression == 3 && bits == 32) else {
            throw .corrupt(reason: "the bitmap is compressed in a way that is not read")
        }
        let colours = bits > 8 ? 0 : min(used == 0 ? 1 << bits : used, 1 << bits)
        var table: [UInt8] = []
        for index in 0..<colours {
            guard let colour = reader.number(at: 14 + header + index * 4, size: 4) else {
                throw .corrupt(reason: "the colour table is cut short")
            }
            table.append(
                luma(
                    red: UInt8(truncatingIfNeeded: colour >> 16),
                    green: UInt8(truncatingIfNeeded: colour >> 8), blue: UInt8(truncatingIfNeeded: colour)))
        }
        return Layout(
            width: width, height: abs(height), startsAtTop: height < 0, bits: bits, pixelsAt: pixelsAt,
            table: table)
    }
}
