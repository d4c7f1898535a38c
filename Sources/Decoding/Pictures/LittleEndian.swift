/// Reads numbers, least significant byte first, out of bytes that may be cut short.
struct LittleEndian {
    let bytes: [UInt8]

    /// `nil` when any of the `size` bytes is missing.
    func number(at offset: Int, size: Int) -> Int? {
        guard offset >= 0, size <= bytes.count, offset <= bytes.count - size else { return nil }
        return (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    /// A signed number of four bytes.
    func signed(at offset: Int) -> Int? {
        number(at: offset, size: 4).map { Int(Int32(truncatingIfNeeded: $0)) }
    }
}

/// The luma of a colour (ITU-R BT.601), 0 black to 255 white.
func luma(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (Int(red) * 77 + Int(green) * 150 + Int(blue) * 29) >> 8)
}
