/// Portable grey map (P5) and pixel map (P6), binary, up to 255 values a sample.
///
/// Source: Netpbm, pgm(5) and ppm(5).
enum PortableMap {
    static func read(_ bytes: [UInt8], mostPixels: Int) throws(DecodingError) -> GrayPicture {
        var position = 2
        guard let width = number(bytes, &position), let height = number(bytes, &position),
            let most = number(bytes, &position), most > 0, most <= 255, width > 0, height > 0
        else { throw .corrupt(reason: "the header is damaged, or has more than 255 values a sample") }
        guard width <= mostPixels / height else { throw .tooLarge }
        position += 1  // exactly one blank ends the header
        let samples = bytes[1] == UInt8(ascii: "6") ? 3 : 1
        guard position <= bytes.count, bytes.count - position >= width * height * samples else {
            throw .corrupt(reason: "the picture is cut short")
        }
        func value(_ sample: UInt8) -> UInt8 { UInt8(min(255, Int(sample) * 255 / most)) }
        let pixels = (0..<width * height).map { index in
            let at = position + index * samples
            guard samples == 3 else { return value(bytes[at]) }
            return luma(red: value(bytes[at]), green: value(bytes[at + 1]), blue: value(bytes[at + 2]))
        }
        return GrayPicture(width: width, height: height, pixels: pixels)
    }

    /// The next decimal number, past blanks and comments (`#` to the end of the line).
    private static func number(_ bytes: [UInt8], _ position: inout Int) -> Int? {
        var inComment = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "#") { inComment = true }
            if byte == UInt8(ascii: "\n") { inComment = false }
            guard inComment || [0x20, 0x09, 0x0A, 0x0D].contains(byte) else { break }
            position += 1
        }
        var value: Int?
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            value = (value ?? 0) * 10 + Int(bytes[position] - 0x30)
            if value ?? 0 > 1_000_000_000 { return nil }
            position += 1
        }
        return value
    }
}
