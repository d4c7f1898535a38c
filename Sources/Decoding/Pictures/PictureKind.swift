/// The picture formats that are read, told apart by their first bytes; a file's name means nothing.
package enum PictureKind: Equatable, CaseIterable, Sendable {
    case png, jpeg, webp, tiff, gif, bmp
    /// Portable grey or colour map in its binary form (P5, P6).
    case pnm

    /// The kind that the first bytes announce; `nil` for any other file.
    package init?(firstBytes bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(12))
        func begins(_ expected: [UInt8], at offset: Int = 0) -> Bool {
            start.dropFirst(offset).starts(with: expected)
        }
        if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if begins([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if begins([0x49, 0x49, 0x2A, 0x00]) || begins([0x4D, 0x4D, 0x00, 0x2A]) {
            self = .tiff
        } else if begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8)) {
            self = .gif
        } else if begins(Array("BM".utf8)), start.count == 12, begins([0, 0, 0, 0], at: 6) {
            self = .bmp
        } else if begins(Array("P5".utf8)) || begins(Array("P6".utf8)), start.count > 2,
            [0x20, 0x09, 0x0A, 0x0D].contains(start[2])
        {
            self = .pnm
        } else {
            return nil
        }
    }
}
