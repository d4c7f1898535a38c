/// Writes animated GIFs of 127 greys and one transparent colour (W3C, GIF89a).
package enum GIFWriter {
    /// What becomes of a frame before the next is drawn.
    package enum Disposal: Int, Sendable {
        case stay = 1
        case clear = 2
        case restore = 3
    }

    package struct Frame: Sendable {
        package var left: Int
        package var top: Int
        package var page: GrayPage
        package var disposal: Disposal

        package init(_ page: GrayPage, left: Int = 0, top: Int = 0, disposal: Disposal = .stay) {
            (self.page, self.left, self.top, self.disposal) = (page, left, top, disposal)
        }
    }

    /// The shade that stands for "nothing here".
    package static let transparent: UInt8 = 1

    package static func animation(
        width: Int, height: Int, _ frames: [Frame], isInterlaced: Bool = false
    ) -> [UInt8] {
        var bytes = Array("GIF89a".utf8) + Stored.little(width, 2) + Stored.little(height, 2)
        bytes += [0x80 | 6, 0, 0] + (0..<128).flatMap { [UInt8](repeating: shade(of: $0), count: 3) }
        for frame in frames {
            // Transparent colour 0; the time of a frame is of no matter.
            bytes += [0x21, 0xF9, 4, UInt8(frame.disposal.rawValue << 2 | 1), 10, 0, 0, 0]
            bytes += [0x2C] + Stored.little(frame.left, 2) + Stored.little(frame.top, 2)
            bytes += Stored.little(frame.page.width, 2) + Stored.little(frame.page.height, 2)
            bytes += [isInterlaced ? 0x40 : 0, 7]
            bytes += blocks(codes(rows(of: frame.page, isInterlaced)))
        }
        return bytes + [0x3B]
    }

    /// What a shade becomes: one of the 127.
    package static func shade(of index: Int) -> UInt8 { index == 127 ? 255 : UInt8(index * 2) }

    private static func rows(of page: GrayPage, _ isInterlaced: Bool) -> [UInt8] {
        let passes = [(0, 8), (4, 8), (2, 4), (1, 2)]
        let order =
            isInterlaced
            ? passes.flatMap { Array(stride(from: $0.0, to: page.height, by: $0.1)) } : Array(0..<page.height)
        return order.flatMap { page.pixels[$0 * page.width..<($0 + 1) * page.width] }
    }

    /// LZW that never grows its codes past a byte: the table is cleared before.
    private static func codes(_ pixels: [UInt8]) -> [UInt8] {
        var codes: [UInt8] = []
        for (index, pixel) in pixels.enumerated() {
            if index % 100 == 0 { codes.append(128) }
            codes.append(pixel == transparent ? 0 : max(1, pixel / 2))
        }
        return codes + [129]
    }

    private static func blocks(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 255).flatMap { start in
            let block = bytes[start..<min(bytes.count, start + 255)]
            return [UInt8(block.count)] + block
        } + [0]
    }
}
