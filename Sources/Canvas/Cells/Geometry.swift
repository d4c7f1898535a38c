/// How large a terminal is, in cells.
package struct Size: Codable, Equatable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The smallest terminal on which every screen is useful.
    package static let smallest = Size(columns: 40, rows: 10)
    /// What a terminal has unless somebody changed it.
    package static let usual = Size(columns: 80, rows: 24)
}

/// A place on the terminal; both count from 0 at the upper left.
package struct CellPoint: Codable, Hashable, Sendable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }
}

/// A rectangle of cells.
package struct Rect: Equatable, Sendable {
    package var column: Int
    package var row: Int
    package var columns: Int
    package var rows: Int

    package init(column: Int, row: Int, columns: Int, rows: Int) {
        self.column = column
        self.row = row
        self.columns = columns
        self.rows = rows
    }

    package var end: CellPoint { CellPoint(column: column + columns, row: row + rows) }
    package var isEmpty: Bool { columns <= 0 || rows <= 0 }

    /// The part that lies within a terminal; its counts are never below 0.
    package func clipped(to size: Size) -> Rect {
        let (left, top) = (max(0, min(column, size.columns)), max(0, min(row, size.rows)))
        let (right, bottom) = (min(size.columns, end.column), min(size.rows, end.row))
        return Rect(column: left, row: top, columns: max(0, right - left), rows: max(0, bottom - top))
    }

    package func contains(_ point: CellPoint) -> Bool {
        point.column >= column && point.column < end.column && point.row >= row && point.row < end.row
    }
}
