package import Model

/// What was found in one picture.
package struct PictureReading: Equatable, Sendable {
    /// Pixels of the upright picture, after its EXIF orientation was applied; of the first page that is read.
    package var width: Int
    package var height: Int
    /// In no promised order; empty when the picture shows none that could be read.
    package var symbols: [Symbol]
    /// Of the upright picture; `nil` when none was wished.
    package var copy: GrayCopy?
    /// Which pages there are and which were looked at.
    package var pages = PageCount()

    package init(width: Int, height: Int, symbols: [Symbol], copy: GrayCopy? = nil) {
        self.width = width
        self.height = height
        self.symbols = symbols
        self.copy = copy
    }
}
