internal import CImages

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
        return drawn(width: swapped ? height : width, height: swapped ? width : height) { source, copy in
            cimages_upright(source, Int32(width), Int32(height), Int32(orientation), copy)
        }
    }

    /// At the given size, no larger than this; each pixel is the mean of those it covers.
    func shrunk(width newWidth: Int, height newHeight: Int) -> GrayPicture {
        drawn(width: newWidth, height: newHeight) { source, copy in
            cimages_shrink(source, Int32(width), Int32(height), copy, Int32(newWidth), Int32(newHeight))
        }
    }

    /// With at most so many pixels on the long side, in the same shape.
    package func shrunk(toFit longSide: Int) -> GrayPicture {
        View.shrunk(self, longSide: longSide).picture
    }

    /// A copy whose first pixel shows the place `origin`, and the next to the right that place plus `step`;
    /// white outside.
    func resampled(width newWidth: Int, height newHeight: Int, origin: Spot, step: Spot) -> GrayPicture {
        drawn(width: newWidth, height: newHeight) { source, copy in
            cimages_resample(
                source, Int32(width), Int32(height), copy, Int32(newWidth), Int32(newHeight), origin.x,
                origin.y, step.x, step.y)
        }
    }

    /// The part of it within a rectangle that lies in it.
    func cropped(left: Int, top: Int, width newWidth: Int, height newHeight: Int) -> GrayPicture {
        let rows = (top..<top + newHeight).flatMap {
            pixels[$0 * width + left..<$0 * width + left + newWidth]
        }
        return GrayPicture(width: newWidth, height: newHeight, pixels: rows)
    }

    private func drawn(
        width newWidth: Int, height newHeight: Int,
        _ draw: (_ source: UnsafePointer<UInt8>?, _ copy: UnsafeMutablePointer<UInt8>?) -> Void
    ) -> GrayPicture {
        let count = newWidth * newHeight
        let copy = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            pixels.withUnsafeBufferPointer { draw($0.baseAddress, buffer.baseAddress) }
            filled = count
        }
        return GrayPicture(width: newWidth, height: newHeight, pixels: copy)
    }
}
