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

    init(_ view: View, columns: Int, rows: Int) {
        self.columns = columns
        var hasList = false
        for block in view.blocks {
            if case .list(let items, let chosen) = block, !hasList {
                hasList = true
                selected = chosen
                list = ListLines(items, selected: chosen, columns: columns).lines
            } else {
                let lines = BlockLines(block, columns: columns, rows: rows).lines
                if hasList { tail += lines } else { head += lines }
            }
        }
    }

    /// Every line in order, for the linear mode.
    var all: [Line] { head + list + tail }

    /// The lines that are seen on so many rows.
    func visible(rows: Int) -> [Line] {
        guard all.count > rows else { return all }
        let head = compact(head)
        let tail = compact(tail)
        guard !list.isEmpty else { return Array((head + tail).prefix(rows)) }
        let listRows = max(min(list.count, max(3, rows / 2)), rows - head.count - tail.count)
        let shownList = window(min(listRows, rows))
        let shownHead = Array(head.prefix(max(0, rows - shownList.count)))
        let shownTail = Array(tail.prefix(max(0, rows - shownList.count - shownHead.count)))
        return shownHead + shownList + shownTail
    }

    /// Without blank lines, when room is scarce.
    private func compact(_ lines: [Line]) -> [Line] {
        lines.filter { $0.picture != nil || $0.fill != .normal || !$0.spans.allSatisfy { $0.text.isEmpty } }
    }

    private func window(_ rows: Int) -> [Line] {
        guard list.count > rows else { return list }
        guard rows > 0 else { return [] }
        let chosen = selected ?? 0
        let first = max(0, min(chosen - rows / 2, list.count - rows))
        var shown = Array(list[first..<first + rows])
        if first > 0 { shown[0].spans.append(.init(text: " ↑", role: .hint)) }
        if first + rows < list.count { shown[rows - 1].spans.append(.init(text: " ↓", role: .hint)) }
        return shown
    }

    func draw(on frame: inout Frame, in area: Rect) -> [Rendering.Area] {
        var areas: [Rendering.Area] = []
        for (offset, line) in visible(rows: area.rows).enumerated() {
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
            if let target = line.target {
                areas.append(
                    .init(area: Rect(column: 0, row: row, columns: columns, rows: 1), target: target))
            }
        }
        return areas
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
