import Canvas

/// Rows of text in columns as wide as their widest cell.
struct TextTable {
    var header: [String]
    var rows: [[String]] = []

    /// Lines of names and their values, without a header.
    static func pairs(_ rows: [(String, String)]) -> [String] {
        guard let first = rows.first else { return [] }
        return TextTable(header: [first.0, first.1], rows: rows.dropFirst().map { [$0.0, $0.1] }).lines
    }

    /// Lines without trailing blanks. Widths are those of a terminal.
    var lines: [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { CellWidth.of($0[column]) }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - CellWidth.of(cell)))
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
