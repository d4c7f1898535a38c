internal import CImages

/// The pages of a TIFF file, found by its chain of directories, so that a damaged page hides no other.
///
/// Source: TIFF 6.0, section 2; tag 254, NewSubfileType.
struct TIFFDocument: PageSource {
    /// A longer chain is cut off here.
    private static let mostDirectories = 10_000

    private let bytes: [UInt8]
    /// Where the directory of each page begins.
    private let pages: [Int]

    var total: Int { pages.count }
    var readable: Int { pages.count }

    init(_ bytes: [UInt8]) throws(DecodingError) {
        self.bytes = bytes
        pages = Chain(bytes).pages(most: Self.mostDirectories)
        guard !pages.isEmpty else { throw .corrupt(reason: "the TIFF header is damaged") }
    }

    func read(page: Int, mostPixels: Int) throws(DecodingError) -> GrayPicture {
        let directory = UInt64(pages[page])
        return try PictureReader.read(bytes, mostPixels) { bytes, count, most, gray in
            cimages_read_tiff(bytes, count, directory, most, gray)
        }
    }
}

/// Walks from directory to directory.
private struct Chain {
    private let bytes: [UInt8]
    private let isLittle: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isLittle = bytes.first == UInt8(ascii: "I")
    }

    /// A directory that is announced and not there counts as a page, which then cannot be read. Reduced copies
    /// of another page, and masks, do not count.
    func pages(most: Int) -> [Int] {
        var pages: [Int] = []
        var seen: Set<Int> = []
        var next = number(at: 4, size: 4)
        while let directory = next, directory != 0, seen.count < most, seen.insert(directory).inserted {
            let entries = number(at: directory, size: 2)
            if pages.isEmpty || !isCopy(directory, entries ?? 0) { pages.append(directory) }
            next = entries.flatMap { number(at: directory + 2 + 12 * $0, size: 4) }
        }
        return pages
    }

    private func isCopy(_ directory: Int, _ entries: Int) -> Bool {
        for entry in 0..<entries {
            let at = directory + 2 + 12 * entry
            guard let tag = number(at: at, size: 2), tag <= 254 else { return false }
            // Bit 0: reduced, bit 2: mask.
            if tag == 254 { return (number(at: at + 8, size: 4) ?? 0) & 5 != 0 }
        }
        return false
    }

    private func number(at offset: Int, size: Int) -> Int? {
        guard offset <= bytes.count - size else { return nil }
        let digits = bytes[offset..<offset + size]
        return (isLittle ? digits.reversed() : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
    }
}
