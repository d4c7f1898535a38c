/// One picture of a camera in grey: a byte a pixel, 0 black, rows from the top without padding.
package struct GrayFrame: Equatable, Sendable {
    package let width: Int
    package let height: Int
    /// `width * height` bytes.
    package let pixels: [UInt8]
    /// The camera's count of frames; gaps are frames that were dropped.
    package var sequence: Int
    /// On the clock that the owner of the camera was given; only differences mean something.
    package var capturedAtMilliseconds: Int64

    package init(
        width: Int, height: Int, pixels: [UInt8], sequence: Int = 0, capturedAtMilliseconds: Int64 = 0
    ) {
        precondition(width > 0 && height > 0, "a frame has pixels")
        precondition(pixels.count == width * height, "a frame has width × height pixels")
        self.width = width
        self.height = height
        self.pixels = pixels
        self.sequence = sequence
        self.capturedAtMilliseconds = capturedAtMilliseconds
    }

    /// The bytes of the frame as a portable grey map, which the decode worker reads.
    ///
    /// Source: Netpbm, pgm(5).
    package var portableGrayMap: [UInt8] { Array("P5\n\(width) \(height)\n255\n".utf8) + pixels }
}
