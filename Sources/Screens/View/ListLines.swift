import Canvas
import Model

/// The entries of a list as lines: columns as wide as they need to be, the last ones giving way first.
struct ListLines {
    private let items: [View.Item]
    private let selected: Int?
    private let columns: Int
    /// The number of the first entry among all of the list.
    private let first: Int

    /// Lays out items, which may be a part of a list that begins with the entry number `first`.
    init(_ items: some Sequence<View.Item>, first: Int = 0, selected: Int?, columns: Int) {
        self.first = first
        // Columns are as wide as what is shown of their texts, signs for control characters included.
        self.items = items.map { item in
            var item = item
            item.cells = item.cells.map(VisibleText.of)
            return item
        }
        self.selected = selected
        self.columns = columns
    }

    var lines: [ViewLines.Line] {
        let widths = widths()
        let markWidth = items.map { CellWidth.of($0.mark) }.max() ?? 0
        return items.enumerated().map { index, item in
            let isSelected = first + index == selected
            let role: CellRole = isSelected ? .selected : item.role
            var text = isSelected ? "▸ " : "  "
            if markWidth > 0 { text += TextLayout.pad(item.mark, columns: markWidth) + " " }
            text +=
                item.cells.count == 1
                ? item.cells[0]
                : zip(item.cells, widths).map { TextLayout.pad($0, columns: $1) }.joined(separator: "  ")
            return ViewLines.Line(
                spans: [.init(text: TextLayout.truncate(text, columns: columns - 2), role: role)],
                fill: isSelected ? .selected : .normal, target: .item(first + index))
        }
    }

    /// Cells of each column, so that the first columns are whole and the rest share what is left. An entry of a single cell
    /// stands across the columns.
    private func widths() -> [Int] {
        let rows = items.map(\.cells).filter { $0.count > 1 }
        let count = rows.map(\.count).max() ?? 0
        let markWidth = items.map { CellWidth.of($0.mark) }.max() ?? 0
        var room = columns - 4 - (markWidth > 0 ? markWidth + 1 : 0)
        return (0..<count).map { column in
            let needed = rows.map { column < $0.count ? CellWidth.of($0[column]) : 0 }.max() ?? 0
            let width = max(0, min(needed, room))
            room -= width + 2
            return width
        }
    }
}
