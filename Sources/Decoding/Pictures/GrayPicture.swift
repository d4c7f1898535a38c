/// A picture in grey: one byte a pixel, 0 black, rows from the top without padding.
package struct GrayPicture: Equatable, Sendable {
    package private(set) var width: Int
    package private(set) var height: Int
    /// `width * height` bytes.
    package private(set) var pixels: [UInt8]

    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height, "a picture has width × height pixels")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    package var longSide: Int { max(width, height) }
}

extension GrayPicture {
    /// Black and white exchanged.
    func inverted() -> GrayPicture {
        GrayPicture(width: width, height: height, pixels: pixels.map { 255 - $0 })
    }

    /// Upright, from rows stored in one of the eight orientations of EXIF and TIFF (tag 0x0112).
    ///
    /// Source: EXIF 2.32, section 4.6.4 A, Orientation.
    func uprighted(from orientation: Int) -> GrayPicture {
        guard (2...8).contains(orientation) else { return self }
        let swapped = orientation >= 5
        let (newWidth, newHeight) = swapped ? (height, width) : (width, height)
        let (right, bottom) = (width - 1, height - 1)
        var turned = [UInt8](repeating: 0, count: pixels.count)
        pixels.withUnsafeBufferPointer { source in
            for y in 0..<newHeight {
                for x in 0..<newWidth {
                    let (fromX, fromY) =
                        switch orientation {
                        case 2: (right - x, y)
                        case 3: (right - x, bottom - y)
                        case 4: (x, bottom - y)
                        case 5: (y, x)
                        case 6: (y, bottom - x)
                        case 7: (right - y, bottom - x)
                        case 8: (right - y, x)
                        default: (x, y)
                        }
                    turned[y * newWidth + x] = source[fromY * width + fromX]
                }
            }
        }
        return GrayPicture(width: newWidth, height: newHeight, pixels: turned)
    }
}
