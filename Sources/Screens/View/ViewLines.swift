import Canvas
import Model
import Preview

/// A view as lines of a certain width, of which as many are shown as there is room for.
///
/// What stands before and after the list stays as far as possible; the list is scrolled so that the chosen entry is seen.
struct ViewLines {
    /// One line of the screen.
    struct Line: Equatable {
        struct Span: Equatable {
            var text: String
            var role: CellRole
        }

        var spans: [Span] = []
        /// The role of the rest of the line.
        var fill = CellRole.normal
        var target: Target?
        var picture: PictureRow?
        /// The sign at the end of the line that there is more before or after it.
        var more: String?
    }

    /// A row of a picture: cells from the left.
    struct PictureRow: Equatable {
        var pixels: View.Pixels
        var row: Int
    }

    private var head: [Line] = []
    private var list: [Line] = []
    private var tail: [Line] = []
    private var selected: Int?
    private let columns: Int
    /// The entries that are laid out, of so many: of a long list only those near the chosen one.
    private var part = 0..<0
    private var total = 0
    /// Lines of each entry of the list.
    private let entryRows: Int

    /// Rows that a target has at least where fingers and gloves are to hit it.
    static let touchRows = 3

    init(_ view: View, columns: Int, rows: Int, touch: Bool) {
        self.columns = columns
        entryRows = touch ? Self.touchRows : 1
        var hasList = false
        for block in view.blocks {
            if case .list(let items, let chosen) = block, !hasList {
                hasList = true
                part = Self.part(of: items.count, around: chosen ?? 0, rows: rows)
                total = items.count
                selected = chosen.map { $0 - part.lowerBound }
                list = ListLines(items[part], first: part.lowerBound, selected: chosen, columns: columns)
                    .lines
                    .flatMap(enlarged)
            } else {
                let lines = BlockLines(block, columns: columns, rows: rows, touch: touch).lines
                if hasList { tail += lines } else { head += lines }
            }
        }
    }

    private static func part(of count: Int, around chosen: Int, rows: Int) -> Range<Int> {
        let reach = max(32, rows)
        let last = max(0, min(chosen, count - 1))
        return max(0, min(last - reach, count - 2 * reach))..<min(count, max(last + reach, 2 * reach))
    }

    private var all: [Line] { head + list + tail }

    /// An entry with its text in the middle of its rows.
    private func enlarged(_ line: Line) -> [Line] {
        (0..<entryRows).map { row in
            row == entryRows / 2 ? line : Line(spans: [], fill: line.fill, target: line.target)
        }
    }

    /// The lines that are seen on so many rows.
    func visible(rows: Int, scrolled: Int = 0) -> [Line] {
        guard all.count > rows else { return all }
        let (head, tail) = (compact(head), compact(tail))
        guard !list.isEmpty else { return scrolledPast(head + tail, rows: rows, scrolled: scrolled) }
        let least = max(entryRows, min(list.count, max(3, rows / 2)))
        let shownList = window(min(max(least, rows - head.count - tail.count), rows))
        let shownHead = Array(head.prefix(max(0, rows - shownList.count)))
        let shownTail = Array(tail.prefix(max(0, rows - shownList.count - shownHead.count)))
        return shownHead + shownList + shownTail
    }

    /// Rows beyond those that are seen, where there is no list.
    func hidden(rows: Int) -> Int {
        list.isEmpty && all.count > rows ? max(0, compact(head + tail).count - rows) : 0
    }

    /// A part of the text, with signs where there is more of it.
    private func scrolledPast(_ lines: [Line], rows: Int, scrolled: Int) -> [Line] {
        guard rows > 0, lines.count > rows else { return Array(lines.prefix(max(0, rows))) }
        let first = max(0, min(scrolled, lines.count - rows))
        var shown = Array(lines[first..<first + rows])
        if first > 0 { shown[0].more = "↑" }
        if first + rows < lines.count { shown[rows - 1].more = "↓" }
        return shown
    }

    /// Without blank lines, when room is scarce.
    private func compact(_ lines: [Line]) -> [Line] {
        lines.filter { $0.picture != nil || $0.fill != .normal || !$0.spans.allSatisfy { $0.text.isEmpty } }
    }

    /// The whole entries around the chosen one for which there is room.
    private func window(_ rows: Int) -> [Line] {
        let (entries, count) = (max(0, rows) / entryRows, list.count / entryRows)
        guard count > entries else { return list }
        guard entries > 0 else { return Array(list.prefix(max(0, rows))) }
        let first = max(0, min((selected ?? 0) - entries / 2, count - entries))
        var shown = Array(list[first * entryRows..<(first + entries) * entryRows])
        if first + part.lowerBound > 0 { shown[0].more = "↑" }
        if part.lowerBound + first + entries < total { shown[shown.count - 1].more = "↓" }
        return shown
    }

    func draw(on frame: inout Frame, in area: Rect, scrolled: Int) -> [Rendering.Area] {
        var areas: [Rendering.Area] = []
        for (offset, line) in visible(rows: area.rows, scrolled: scrolled).enumerated() {
            let row = area.row + offset
            if line.fill != .normal {
                frame.fill(Rect(column: 0, row: row, columns: columns, rows: 1), role: line.fill)
            }
            var column = 0
            for span in line.spans {
                column += frame.put(
                    span.text, column: column, row: row, role: span.role, columns: columns - column)
            }
            if let picture = line.picture { draw(picture, row: row, on: &frame) }
            if let more = line.more { frame.put(more, column: columns - 1, row: row, role: line.fill) }
            if let target = line.target { Self.add(target, row: row, columns: columns, to: &areas) }
        }
        return areas
    }

    /// Lines of the same target that follow each other are one area.
    private static func add(_ target: Target, row: Int, columns: Int, to areas: inout [Rendering.Area]) {
        if let last = areas.last, last.target == target, last.area.end.row == row {
            areas[areas.count - 1].area.rows += 1
        } else {
            areas.append(.init(area: Rect(column: 0, row: row, columns: columns, rows: 1), target: target))
        }
    }

    private func draw(_ picture: PictureRow, row: Int, on frame: inout Frame) {
        let gray = picture.pixels.frame
        let left = max(0, (columns - gray.width) / 2)
        for column in 0..<gray.width {
            let upper = gray.pixels[2 * picture.row * gray.width + column]
            let below = (2 * picture.row + 1) * gray.width + column
            let lower = gray.pixels.indices.contains(below) ? gray.pixels[below] : upper
            frame.putPicture(upper: upper, lower: lower, column: left + column, row: row)
        }
        for cell in picture.pixels.outline where cell.row == picture.row {
            frame.put("▒", column: left + cell.column, row: row, role: .outline)
        }
    }
}
