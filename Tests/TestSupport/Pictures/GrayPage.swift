/// A page or frame for the writers of test pictures: one byte a pixel, rows from the top.
package struct GrayPage: Sendable {
    package var width: Int
    package var height: Int
    package var pixels: [UInt8]

    package init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// All of one shade.
    package init(width: Int, height: Int, shade: UInt8 = 255) {
        self.init(width: width, height: height, pixels: [UInt8](repeating: shade, count: width * height))
    }
}

/// Numbers as files store them.
enum Stored {
    static func little(_ number: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    static func big(_ number: Int, _ size: Int) -> [UInt8] {
        little(number, size).reversed()
    }
}
