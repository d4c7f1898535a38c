internal import CNcurses
internal import Canvas

/// Brings frames to the library: cells that differ from the last frame, each in the look of its role.
struct Painter {
    private let capabilities: TerminalCapabilities
    private var pairs: ColorPairs
    private var looks: [CellRole: Look] = [:]
    private var theme: Theme?
    private var last: Frame?

    init(_ capabilities: TerminalCapabilities, pairs: Int) {
        self.capabilities = capabilities
        self.pairs = ColorPairs(limit: pairs)
    }

    /// What the library wants to know of a role.
    private struct Look {
        var attributes: Int32
        var pair: Int32
    }

    /// The next frame is drawn whole.
    mutating func forget() { last = nil }

    mutating func paint(_ frame: Frame, theme: Theme, on size: Size) {
        if theme != self.theme { take(theme) }
        let known = last?.size == frame.size ? last : nil
        for row in 0..<min(size.rows, frame.size.rows) {
            let cells = frame.row(row)
            let before = known?.row(row)
            if cells == before { continue }
            paint(cells, before: before, row: row, columns: size.columns)
        }
        if known == nil { blankRest(of: frame.size, on: size) }
        last = frame
        let cursor = frame.cursor.flatMap { point in
            point.column >= 0 && point.row >= 0 && point.column < size.columns && point.row < size.rows
                ? point : nil
        }
        cncurses_show(Int32(cursor?.column ?? -1), Int32(cursor?.row ?? -1))
    }

    private mutating func paint(
        _ cells: ArraySlice<Cell>, before: ArraySlice<Cell>?, row: Int, columns: Int
    ) {
        for offset in 0..<min(columns, cells.count) {
            let index = cells.startIndex + offset
            let isWide = index + 1 < cells.endIndex && cells[index + 1].content == .continuation
            if let before, before[index] == cells[index],
                !isWide || before[index + 1] == cells[index + 1]
            {
                continue
            }
            let width = isWide ? 2 : 1
            switch cells[index].content {
            case .continuation: continue
            case .picture(let upper, let lower):
                drawPicture(upper: upper, lower: lower, column: offset, row: row)
            case .text(let grapheme):
                // Half a character at the edge would run into the next row.
                let shown = offset + width > columns ? " " : grapheme
                draw(shown, width: min(width, columns - offset), cells[index].role, column: offset, row: row)
            }
        }
    }

    private mutating func draw(_ grapheme: Character, width: Int, _ role: CellRole, column: Int, row: Int) {
        let look = looks[role] ?? Look(attributes: 0, pair: 0)
        var column = column
        for cluster in capabilities.glyphs.clusters(of: grapheme, width: width) {
            put(cluster.scalars, column: column, row: row, look)
            column += cluster.width
        }
    }

    /// Two pixels as the upper half block in front and behind, or as one character of their mean darkness.
    private mutating func drawPicture(upper: UInt8, lower: UInt8, column: Int, row: Int) {
        guard capabilities.hasGreys, theme?.name != .monochrome else {
            let shade = Frame.shade((Int(upper) + Int(lower)) / 2).unicodeScalars.first ?? " "
            let pair = capabilities.colors >= 8 ? pairs.number(foreground: 7, background: 0) : 0
            return put([shade.value], column: column, row: row, Look(attributes: 0, pair: pair))
        }
        let (front, back) = (Grey.nearest(upper), Grey.nearest(lower))
        let pair = pairs.number(foreground: front, background: back)
        put([front == back ? 0x20 : 0x2580], column: column, row: row, Look(attributes: 0, pair: pair))
    }

    private mutating func blankRest(of frame: Size, on size: Size) {
        let normal = looks[.normal] ?? Look(attributes: 0, pair: 0)
        for row in 0..<size.rows {
            for column in (row < frame.rows ? frame.columns : 0)..<max(frame.columns, size.columns)
            where column < size.columns {
                put([0x20], column: column, row: row, normal)
            }
        }
    }

    private func put(_ scalars: [UInt32], column: Int, row: Int, _ look: Look) {
        cncurses_put(
            Int32(column), Int32(row), scalars, Int32(scalars.count), look.attributes, look.pair)
    }

    private mutating func take(_ theme: Theme) {
        self.theme = theme
        last = nil
        let shown = capabilities.colors >= 8 ? theme : .monochrome
        for role in CellRole.allCases { looks[role] = look(of: shown[role]) }
    }

    private mutating func look(of style: Theme.Style) -> Look {
        var attributes: Int32 = 0
        if style.isBold { attributes |= CNCURSES_BOLD.bits }
        if style.isUnderlined { attributes |= CNCURSES_UNDERLINE.bits }
        if style.isReversed { attributes |= CNCURSES_REVERSE.bits }
        if style.isDim { attributes |= CNCURSES_DIM.bits }
        guard style.foreground != nil || style.background != nil, capabilities.colors >= 8 else {
            return Look(attributes: attributes, pair: 0)
        }
        return Look(
            attributes: attributes,
            pair: pairs.number(foreground: index(style.foreground), background: index(style.background)))
    }

    private func index(_ color: Color?) -> Int32 {
        guard let color else { return -1 }
        return Int32(capabilities.colors >= 256 ? color.index : color.basic)
    }
}
