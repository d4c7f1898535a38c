/// How many frames an animation has, told by its outer parts alone.
enum FrameCount {
    /// The frames that begin in a GIF, cut short or not.
    static func ofGIF(_ bytes: [UInt8]) -> Int {
        guard bytes.count > 13 else { return 0 }
        var position = 13 + tableSize(bytes[10])
        var frames = 0
        while position < bytes.count {
            switch bytes[position] {
            case 0x2C:
                frames += 1
                guard position + 9 < bytes.count else { return frames }
                // The descriptor, its colours, and the size of the first code.
                position = skipBlocks(bytes, position + 10 + tableSize(bytes[position + 9]) + 1)
            case 0x21: position = skipBlocks(bytes, position + 2)
            default: return frames
            }
        }
        return frames
    }

    private static func tableSize(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
    }

    private static func skipBlocks(_ bytes: [UInt8], _ start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] != 0 { position += Int(bytes[position]) + 1 }
        return position + 1
    }

    /// What the `acTL` part of an animated PNG says; `nil` for any other file.
    ///
    /// Source: W3C, PNG third edition, section 11.3.6.
    static func ofPNG(_ bytes: [UInt8]) -> Int? {
        guard PictureKind(firstBytes: bytes) == .png else { return nil }
        var position = 8
        while let length = number(bytes, position), let name = number(bytes, position + 4),
            name != 0x4944_4154 /* IDAT */
        {
            if name == 0x6163_544C /* acTL */ { return number(bytes, position + 8) }
            position += length + 12
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int? {
        guard offset <= bytes.count - 4 else { return nil }
        return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}

/// The frames of an animated WebP.
///
/// Source: RFC 9649, section 2.7.1.1, `ANMF`.
struct WebPFrames {
    let count: Int
    /// The first, as a bitstream of its own.
    let first: [UInt8]

    /// `nil` for a still picture.
    init?(_ bytes: [UInt8]) {
        guard PictureKind(firstBytes: bytes) == .webp else { return nil }
        let reader = LittleEndian(bytes: bytes)
        var (position, count) = (12, 0)
        var first: [UInt8] = []
        while let name = reader.number(at: position, size: 4),
            let length = reader.number(at: position + 4, size: 4)
        {
            let end = min(bytes.count, position + 8 + length)
            // "ANMF", whose own 16 bytes say where the frame lies and how long it stays.
            if name == 0x464D_4E41 {
                count += 1
                if first.isEmpty, end - position > 24 { first = Array(bytes[position + 24..<end]) }
            }
            position += 8 + length + length % 2
        }
        guard !first.isEmpty else { return nil }
        (self.count, self.first) = (count, first)
    }
}
