internal import Decoding

/// What the engines and the C library load when they are first used (character sets above all), loaded before
/// no file can be opened any more.
enum WarmUp {
    /// The text "MUSTER" as a QR code of version 1: a row is 21 bits, dark is 1.
    private static let code: [UInt32] = [
        0x1FD17F, 0x105A41, 0x175F5D, 0x17555D, 0x174F5D, 0x105541, 0x1FD57F, 0x000000,
        0x19C12F, 0x1615CD, 0x04D982, 0x122722, 0x05727C, 0x001707, 0x1FC276, 0x1058E1,
        0x175DCD, 0x1741EF, 0x174998, 0x105F10, 0x1FDE65,
    ]
    private static let side = 21
    private static let pixelsPerModule = 3
    /// Light modules around it.
    private static let margin = 4

    /// Lets both engines read a small picture; whether they did.
    static func exercise(_ decoder: Decoder) -> Bool {
        decoder.symbols(in: picture, thorough: false).count == 1
    }

    private static func isDark(_ x: Int, _ y: Int) -> Bool {
        guard (0..<side).contains(x), (0..<side).contains(y) else { return false }
        return code[y] >> UInt32(side - 1 - x) & 1 == 1
    }

    private static var picture: GrayPicture {
        let width = (side + 2 * margin) * pixelsPerModule
        let pixels = (0..<width * width).map { index in
            let (y, x) = (index / width / pixelsPerModule, index % width / pixelsPerModule)
            return isDark(x - margin, y - margin) ? UInt8(0) : 255
        }
        return GrayPicture(width: width, height: width, pixels: pixels)
    }
}
