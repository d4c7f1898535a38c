import Model

/// One picture of the whole terminal: a grid of cells, and where the cursor stands.
///
/// Text enters through `put` alone, which makes visible what would steer the terminal (`VisibleText`), and cuts at cell
/// borders: a wide grapheme is drawn whole or not at all.
package struct Frame: Equatable, Sendable {
    package let size: Size
    /// Row by row from the top; each row has `size.columns` cells.
    package private(set) var cells: [Cell]
    /// Where the terminal's cursor is shown; `nil` hides it.
    package var cursor: CellPoint?

    package init(size: Size) {
        self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    package subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

    /// The cells of one row.
    package func row(_ row: Int) -> ArraySlice<Cell> {
        cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Draws text on one row from a column on, at most `columns` cells wide; returns how many cells it took.
    ///
    /// What lies outside the frame is left out.
    @discardableResult
    package mutating func put(
        _ text: String, column: Int, row: Int, role: CellRole = .normal, columns limit: Int = .max
    ) -> Int {
        guard row >= 0, row < size.rows, column < size.columns, limit > 0 else { return 0 }
        let end = min(size.columns, limit == .max ? size.columns : column + limit)
        var place = column
        for grapheme in VisibleText.of(text) {
            let width = CellWidth.of(grapheme)
            guard width > 0 else { continue }
            guard place + width <= end else { break }
            if place >= 0 { set(grapheme, width: width, column: place, row: row, role: role) }
            place += width
        }
        return place - column
    }

    private mutating func set(_ grapheme: Character, width: Int, column: Int, row: Int, role: CellRole) {
        let index = row * size.columns + column
        sever(index)
        cells[index] = Cell(.text(grapheme), role: role)
        if width == 2 {
            sever(index + 1)
            cells[index + 1] = Cell(.continuation, role: role)
        }
    }

    /// Takes a wide grapheme away of which one half is about to be drawn over.
    private mutating func sever(_ index: Int) {
        if cells[index].content == .continuation, index > 0 { cells[index - 1].content = .text(" ") }
        if (index + 1) % size.columns != 0, cells[index + 1].content == .continuation {
            cells[index + 1].content = .text(" ")
        }
    }

    /// Gives all cells of a rectangle a role, and blanks them unless their text is kept.
    package mutating func fill(_ rect: Rect, role: CellRole, keepingText: Bool = false) {
        let inside = rect.clipped(to: size)
        for row in inside.row..<inside.end.row {
            for column in inside.column..<inside.end.column {
                let index = row * size.columns + column
                if keepingText {
                    cells[index].role = role
                } else {
                    cells[index] = Cell(.text(" "), role: role)
                }
            }
        }
    }

    /// Draws two pixels of a picture into a cell.
    package mutating func putPicture(upper: UInt8, lower: UInt8, column: Int, row: Int) {
        guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return }
        cells[row * size.columns + column] = Cell(.picture(upper: upper, lower: lower), role: .normal)
    }
}

extension Frame {
    /// The frame as text, one line a row without blanks at its end: what tests compare and people read.
    package var text: String {
        (0..<size.rows).map { number in
            var line = ""
            for cell in row(number) {
                switch cell.content {
                case .text(let grapheme): line.append(grapheme)
                case .continuation: break
                case .picture(let upper, let lower): line.append(Self.shade((Int(upper) + Int(lower)) / 2))
                }
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    private static let ramp = Array(" .:-=+*#%@")

    /// A character as dark as a brightness of 0…255 is bright.
    package static func shade(_ brightness: Int) -> Character {
        ramp[max(0, min(ramp.count - 1, brightness * ramp.count / 256))]
    }
}
