package import Model
package import ScanProtocol

/// What was found in one picture.
package struct ScannedPicture: Equatable, Sendable {
    /// Pixels of the upright picture, after its EXIF orientation was applied; of the first page that is read.
    package var width: Int
    package var height: Int
    /// In no promised order; empty when the picture shows none that could be read.
    package var symbols: [Symbol]
    /// Of the upright picture; `nil` when none was wished.
    package var copy: GrayCopy?
    /// Which pages there are, and what became of them.
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

    /// Pages in the file, frames of an animation included; a picture has one.
    package var pages: Int { pageCount.total }
    /// Pages that were looked at and could not be read, in order, from 1.
    package var failedPages: [Int] { pageCount.failed }
    /// Pages that nobody looked at, being more than one file may cost; `nil` when there are none.
    package var leftOutPages: ClosedRange<Int>? { pageCount.leftOut }
}
