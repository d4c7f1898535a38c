import Canvas
import Preview

/// One block of a view, other than the list that scrolls, as lines.
struct BlockLines {
    private let block: View.Block
    private let columns: Int
    private let rows: Int
    private let touch: Bool

    init(_ block: View.Block, columns: Int, rows: Int, touch: Bool) {
        self.touch = touch
        self.block = block
        self.columns = columns
        self.rows = rows
    }

    private typealias Line = ViewLines.Line

    var lines: [ViewLines.Line] {
        switch block {
        case .heading(let text): return wrapped(text, .heading)
        case .text(let text, let role): return wrapped(text, role)
        case .facts(let facts): return lines(of: facts)
        case .list(let items, let selected):
            return ListLines(items, selected: selected, columns: columns).lines
        case .button(let action, let label): return button(action, label)
        case .field(let label, let text, let hint): return field(label, text, hint)
        case .progress(let done, let total, let label): return [progress(done, total, label)]
        case .picture(let pixels):
            return (0..<(pixels.frame.height + 1) / 2).map { Line(picture: .init(pixels: pixels, row: $0)) }
        case .matrix(let modules, let caption): return matrix(modules, caption)
        case .gap: return [Line()]
        }
    }

    private func wrapped(_ text: String, _ role: CellRole) -> [ViewLines.Line] {
        TextLayout.wrap(text, columns: columns - 2).map { Line(spans: [.init(text: " " + $0, role: role)]) }
    }

    private func lines(of facts: [View.Fact]) -> [ViewLines.Line] {
        let width = min(columns / 2, facts.map { CellWidth.of($0.label) }.max() ?? 0)
        return facts.flatMap { fact in
            let values = TextLayout.wrap(fact.value, columns: max(8, columns - width - 4))
            return values.enumerated().map { index, value in
                let label = index == 0 ? fact.label : ""
                return Line(spans: [
                    .init(text: " " + TextLayout.pad(label, columns: width) + "  ", role: .label),
                    .init(text: value, role: fact.role),
                ])
            }
        }
    }

    private func button(_ action: Action, _ label: String) -> [ViewLines.Line] {
        let tall = touch || rows >= 14 ? ViewLines.touchRows : 1
        let text = TextLayout.truncate(label, columns: columns - 4)
        let inset = String(repeating: " ", count: max(0, (columns - CellWidth.of(text)) / 2))
        return (0..<tall).map { row in
            Line(
                spans: [.init(text: row == tall / 2 ? inset + text : "", role: .button)], fill: .button,
                target: .action(action))
        }
    }

    /// The end of the text, where it is being typed, is what is seen of a text that is too long.
    private func field(_ label: String, _ text: String, _ hint: String) -> [ViewLines.Line] {
        let room = max(4, columns - CellWidth.of(label) - 5)
        let shown = TextLayout.truncateHead(text + "▏", columns: room)
        var lines = [
            Line(spans: [
                .init(text: " \(label) ", role: .label),
                .init(text: TextLayout.pad(shown, columns: room), role: .field),
            ])
        ]
        if text.isEmpty, !hint.isEmpty { lines += wrapped(hint, .hint) }
        return lines
    }

    private func progress(_ done: Int, _ total: Int, _ label: String) -> ViewLines.Line {
        let room = max(0, min(30, columns - CellWidth.of(label) - 16))
        let filled = total > 0 ? min(room, room * max(0, done) / total) : 0
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: room - filled)
        return Line(spans: [
            .init(text: " \(bar) ", role: .good), .init(text: "\(done)/\(total) ", role: .heading),
            .init(text: label, role: .normal),
        ])
    }

    /// Two rows of modules make one row of half blocks, with a border that cameras need.
    private func matrix(_ modules: [[Bool]], _ caption: String) -> [ViewLines.Line] {
        let side = modules.count
        let caption = wrapped(caption, .hint)
        guard side + 4 <= columns, (side + 5) / 2 + caption.count <= rows else { return caption }
        func isDark(_ row: Int, _ column: Int) -> Bool {
            (0..<side).contains(row) && modules[row].indices.contains(column) && modules[row][column]
        }
        let inset = String(repeating: " ", count: max(0, (columns - side - 4) / 2))
        let picture = stride(from: -2, to: side + 2, by: 2).map { row in
            let text = (-2..<side + 2).map { column in
                switch (isDark(row, column), isDark(row + 1, column)) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }.joined()
            return Line(spans: [.init(text: inset, role: .normal), .init(text: text, role: .matrix)])
        }
        return picture + caption
    }
}
