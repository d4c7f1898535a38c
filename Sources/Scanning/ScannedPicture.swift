package import Model
package import ScanProtocol

/// What was found in one picture.
package struct ScannedPicture: Equatable, Sendable {
    /// Pixels of the upright picture, after its EXIF orientation was applied; of the first page that was read.
    package var width: Int
    package var height: Int
    /// In no promised order; empty when the picture shows none that could be read.
    package var symbols: [Symbol]
    /// Of the upright picture; `nil` when none was wished.
    package var copy: GrayCopy?
    /// Which pages of a document, or frames of an animation, there are and which were looked at.
    package var pageCount = PageCount()

    package init(width: Int, height: Int, symbols: [Symbol], copy: GrayCopy? = nil) {
        self.width = width
        self.height = height
        self.symbols = symbols
        self.copy = copy
    }

    init(_ reading: PictureReading) {
        self.init(
            width: reading.width, height: reading.height, symbols: reading.symbols, copy: reading.copy)
        pageCount = reading.pages
    }

    /// Pages in the file.
    package var pages: Int { pageCount.total }
}
