import Canvas

/// The row of actions at the foot of every screen: each with the number and the function key that does it.
struct ButtonBar {
    private let buttons: [(label: String, offer: Offer)]
    private let size: Size
    private let isLarge: Bool

    /// Large buttons are at least so wide and so high, for fingers and gloves.
    static let largeColumns = 10
    static let largeRows = 3

    init(_ offers: [Offer], _ context: Context, size: Size, inField: Bool) {
        self.size = size
        isLarge = context.settings.touch && size.rows >= 10
        let numbered = offers.prefix(9).enumerated().map { index, offer in
            ("\(inField ? "F" : "")\(index + 1) \(context.say(offer.action.name))", offer)
        }
        let isHelping = offers.contains { $0.action == .dismiss }
        let help = isHelping ? [] : [("\(inField ? "F10" : "0") \(context.say(.actionHelp))", Offer(.help))]
        buttons = numbered + help
    }

    /// Rows that the buttons take.
    var rows: Int { isLarge ? Self.largeRows * lines.count : lines.count }

    /// Buttons in lines; those that do not fit into the last line are left to their keys, but help always is there.
    private var lines: [[Int]] {
        let most = size.rows >= 20 ? 2 : 1
        var lines: [[Int]] = [[]]
        var used = 0
        for index in buttons.indices {
            let width = width(index) + (used == 0 ? 0 : 1)
            if used + width > size.columns, !(lines.last?.isEmpty ?? true) {
                guard lines.count < most else { break }
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(index)
            used += width
        }
        return withHelp(lines)
    }

    private func withHelp(_ lines: [[Int]]) -> [[Int]] {
        let last = buttons.count - 1
        guard last >= 0, let end = lines.last, !lines.contains(where: { $0.contains(last) }) else {
            return lines
        }
        var line = end
        while !line.isEmpty, line.reduce(0, { $0 + width($1) + 1 }) + width(last) > size.columns {
            line.removeLast()
        }
        return Array(lines.dropLast()) + [line + [last]]
    }

    private func width(_ index: Int) -> Int {
        let text = CellWidth.of(buttons[index].label) + 2
        return isLarge ? max(Self.largeColumns, text) : text
    }

    func draw(on frame: inout Frame, row: Int) -> [Rendering.Area] {
        var areas: [Rendering.Area] = []
        for (number, line) in lines.enumerated() {
            var column = 0
            for index in line {
                let height = isLarge ? Self.largeRows : 1
                let area = Rect(
                    column: column, row: row + number * height, columns: width(index), rows: height)
                draw(index, in: area, on: &frame)
                areas.append(Rendering.Area(area: area, target: .action(buttons[index].offer.action)))
                column += width(index) + 1
            }
        }
        return areas
    }

    private func draw(_ index: Int, in area: Rect, on frame: inout Frame) {
        let (label, offer) = buttons[index]
        let role: CellRole = offer.disabledReason == nil ? .button : .buttonDisabled
        frame.fill(area, role: role)
        let inset = isLarge ? (area.columns - CellWidth.of(label)) / 2 : 1
        frame.put(
            label, column: area.column + inset, row: area.row + (isLarge ? 1 : 0), role: role,
            columns: area.columns - inset)
    }
}
