/// What is asked about a picture beside the symbols on it.
package struct PictureWish: Equatable, Sendable {
    /// How hard the worker looks.
    package enum Effort: UInt8, Sendable {
        /// Changed copies too (enlarged, inverted, turned), when the picture itself shows nothing.
        case thorough = 0
        /// The picture itself only: for live pictures, of which the next comes soon.
        case quick = 1
    }

    /// The most pixels of the long side of a grey copy.
    package static let mostCopySide = 640

    package var effort: Effort
    /// The long side of the grey copy that comes with the answer; 0 for none.
    package var copySide: Int

    package init(effort: Effort = .thorough, copySide: Int = 0) {
        precondition((0...Self.mostCopySide).contains(copySide), "a copy has at most 640 pixels a side")
        self.effort = effort
        self.copySide = copySide
    }
}

/// A picture in grey, no larger than was wished: one byte a pixel, 0 black, rows from the top.
package struct GrayCopy: Equatable, Sendable {
    package var width: Int
    package var height: Int
    /// `width * height` bytes.
    package var pixels: [UInt8]

    package init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
