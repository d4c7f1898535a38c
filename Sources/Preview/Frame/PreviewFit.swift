package import Model

/// Where a picture lies in a preview: as large as fits, in its own shape, in the middle between black bars.
///
/// A preview is measured in its own pixels; two of them, one above the other, make one character cell
/// (U+2580, upper half block), so that they are about square.
package struct PreviewFit: Equatable, Sendable {
    /// Pixels of the picture.
    package let pictureWidth: Int
    package let pictureHeight: Int
    /// Pixels of the preview, bars included.
    package let width: Int
    package let height: Int
    /// The rectangle of the preview that shows the picture.
    package let left: Int
    package let top: Int
    package let shownWidth: Int
    package let shownHeight: Int

    /// - Parameters:
    ///   - pictureWidth: at least 1, as the other three.
    ///   - pictureHeight: pixels of the picture.
    ///   - width: pixels of the preview.
    ///   - height: pixels of the preview, twice its rows of cells.
    package init(pictureWidth: Int, pictureHeight: Int, width: Int, height: Int) {
        precondition(pictureWidth > 0 && pictureHeight > 0 && width > 0 && height > 0, "nothing to show")
        self.pictureWidth = pictureWidth
        self.pictureHeight = pictureHeight
        self.width = width
        self.height = height
        if pictureWidth * height >= pictureHeight * width {
            shownWidth = width
            shownHeight = max(1, (pictureHeight * width + pictureWidth / 2) / pictureWidth)
        } else {
            shownWidth = max(1, (pictureWidth * height + pictureHeight / 2) / pictureHeight)
            shownHeight = height
        }
        left = (width - shownWidth) / 2
        top = (height - shownHeight) / 2
    }

    /// The pixel of the preview that shows a point of the picture; a point outside goes to the nearest edge.
    package func place(_ point: Point) -> Point {
        let x = min(max(0, point.x), pictureWidth - 1)
        let y = min(max(0, point.y), pictureHeight - 1)
        return Point(x: left + x * shownWidth / pictureWidth, y: top + y * shownHeight / pictureHeight)
    }
}
