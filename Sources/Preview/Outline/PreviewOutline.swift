package import Model

/// A character cell of a preview, counted from its upper left corner.
package struct PreviewCell: Hashable, Sendable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// The outline of a found symbol, drawn on the cells of a preview.
package struct PreviewOutline: Equatable, Sendable {
    /// Each cell once, in the order of the way round.
    package let cells: [PreviewCell]

    /// The way round the corners of a symbol, with straight lines between them.
    ///
    /// - Parameters:
    ///   - points: in pixels of the picture. Four are corners, two the ends of a line; of any other
    ///       number the upright rectangle around them is drawn. None give no cell.
    ///   - fit: how the picture lies in the preview, in which two pixels are one cell.
    package init(_ points: [Point], in fit: PreviewFit) {
        let corners = Self.corners(points).map(fit.place)
        var cells: [PreviewCell] = []
        var known: Set<PreviewCell> = []
        for (index, corner) in corners.enumerated() {
            for pixel in Self.line(from: corner, to: corners[(index + 1) % corners.count]) {
                let cell = PreviewCell(column: pixel.x, row: pixel.y / 2)
                if known.insert(cell).inserted { cells.append(cell) }
            }
        }
        self.cells = cells
    }

    private static func corners(_ points: [Point]) -> [Point] {
        guard let first = points.first, points.count != 4, points.count > 2 else { return points }
        var (low, high) = (first, first)
        for point in points {
            low = Point(x: min(low.x, point.x), y: min(low.y, point.y))
            high = Point(x: max(high.x, point.x), y: max(high.y, point.y))
        }
        return [low, Point(x: high.x, y: low.y), high, Point(x: low.x, y: high.y)]
    }

    /// The pixels of a straight line, both ends included.
    private static func line(from start: Point, to end: Point) -> [Point] {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let steps = max(abs(dx), abs(dy))
        guard steps > 0 else { return [start] }
        return (0...steps).map { step in
            Point(x: start.x + rounded(dx * step, by: steps), y: start.y + rounded(dy * step, by: steps))
        }
    }

    /// The quotient, to the nearest whole number.
    private static func rounded(_ dividend: Int, by divisor: Int) -> Int {
        (2 * dividend + (dividend < 0 ? -divisor : divisor)) / (2 * divisor)
    }
}
