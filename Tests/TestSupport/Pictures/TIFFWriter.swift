/// Writes TIFF documents of grey pages, uncompressed, one strip a page (TIFF 6.0, section 4).
package enum TIFFWriter {
    /// A document of at least one page. The strips of `damaged` pages (from 1) are said to lie past the end of the
    /// file; `copies` say they are a reduced copy of another page.
    package static func document(
        _ pages: [GrayPage], damaged: Set<Int> = [], copies: Set<Int> = []
    ) -> [UInt8] {
        var bytes = Array("II*\0".utf8) + [0, 0, 0, 0]
        var pointer = 4
        for (index, page) in pages.enumerated() {
            let strip = damaged.contains(index + 1) ? 0x7FFF_0000 : bytes.count
            bytes += page.pixels
            if bytes.count % 2 == 1 { bytes.append(0) }
            bytes.replaceSubrange(pointer..<pointer + 4, with: Stored.little(bytes.count, 4))
            let entries = directory(page, strip, isCopy: copies.contains(index + 1))
            bytes += Stored.little(entries.count, 2) + entries.flatMap { $0 }
            pointer = bytes.count
            bytes += [0, 0, 0, 0]
        }
        return bytes
    }

    /// A page that promises the given size and holds the given compressed strip.
    package static func promise(width: Int, height: Int, compression: Int, strip: [UInt8]) -> [UInt8] {
        let page = GrayPage(width: width, height: height, pixels: [])
        let entries = directory(page, 8, isCopy: false, compression, strip.count)
        return Array("II*\0".utf8) + Stored.little(8 + strip.count, 4) + strip
            + Stored.little(entries.count, 2) + entries.flatMap { $0 } + [0, 0, 0, 0]
    }

    private static func directory(
        _ page: GrayPage, _ strip: Int, isCopy: Bool, _ compression: Int = 1, _ stripBytes: Int? = nil
    ) -> [[UInt8]] {
        [
            entry(254, isCopy ? 1 : 0), entry(256, page.width), entry(257, page.height), entry(258, 8),
            entry(259, compression), entry(262, 1), entry(273, strip), entry(277, 1),
            entry(278, page.height), entry(279, stripBytes ?? page.width * page.height),
        ]
    }

    /// A tag with one number of four bytes.
    private static func entry(_ tag: Int, _ value: Int) -> [UInt8] {
        Stored.little(tag, 2) + Stored.little(4, 2) + Stored.little(1, 4) + Stored.little(value, 4)
    }
}
