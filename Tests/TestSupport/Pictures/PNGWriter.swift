/// Writes grey PNGs whose every byte of data is zero: small files of any size (ISO/IEC 15948, RFC 1950 and
/// 1951).
package enum PNGWriter {
    /// A picture whose data holds so many zeros (those of its pixels unless said), with a compressed comment of
    /// others.
    package static func black(
        width: Int, height: Int, dataBytes: Int? = nil, textBytes: Int? = nil
    ) -> [UInt8] {
        let header = Stored.big(width, 4) + Stored.big(height, 4) + [8, 0, 0, 0, 0]
        let comment = textBytes.map { chunk("zTXt", Array("c\0\0".utf8) + zeros($0)) } ?? []
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + comment
            + chunk("IDAT", zeros(dataBytes ?? (width + 1) * height)) + chunk("IEND", [])
    }

    /// The part that says how many frames an animation has (PNG third edition, section 11.3.6).
    package static func animationControl(frames: Int) -> [UInt8] {
        chunk("acTL", Stored.big(frames, 4) + Stored.big(0, 4))
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return Stored.big(data.count, 4) + body + Stored.big(Int(crc32(body)), 4)
    }

    /// A zlib stream of so many zeros: a literal zero, then copies of 258 of the byte before.
    package static func zeros(_ count: Int) -> [UInt8] {
        var bits = BitWriter(bytes: [0x78, 0x01])
        bits.put(0b011, 3)  // last block, fixed codes
        var left = count
        while left > 0 {
            if left < count, left >= 258 {
                bits.put(0b1010_0011, 8)  // length 258 (code 285, most significant bit first)
                bits.put(0, 5)  // distance 1
                left -= 258
            } else {
                bits.put(0b0000_1100, 8)  // literal 0 (code 00110000)
                left -= 1
            }
        }
        bits.put(0, 7)
        // Adler-32: the first sum stays 1.
        return bits.bytes + Stored.big((count % 65521) << 16 | 1, 4)
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { check, byte in
            (check >> 8) ^ table[Int(UInt8(truncatingIfNeeded: check) ^ byte)]
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
        }
    }
}

/// Collects bits, the first in the lowest place.
private struct BitWriter {
    var bytes: [UInt8]
    private var used = 8

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func put(_ value: UInt32, _ count: Int) {
        for place in 0..<count {
            if used == 8 {
                bytes.append(0)
                used = 0
            }
            if value >> UInt32(place) & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(used) }
            used += 1
        }
    }
}
