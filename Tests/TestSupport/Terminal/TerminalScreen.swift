package import Canvas

/// What a terminal would show: enough of xterm, screen and the VT100 for what a full-screen program sends.
///
/// Colours and attributes are left out. A character that is two cells wide is followed by an empty cell.
package struct TerminalScreen: Equatable, Sendable {
    package private(set) var size: Size
    /// Whether the second screen is shown (`smcup` came, and `rmcup` has not).
    package private(set) var isAlternate = false
    package private(set) var isCursorVisible = true
    package private(set) var title = ""
    package private(set) var bells = 0
    /// Private modes that are set, but those of the cursor and the second screen.
    package private(set) var modes: Set<Int> = [7]
    /// Sequences which this terminal does not know; a test can ask for none.
    package private(set) var unknown: [TerminalToken] = []
    /// The first screen while the second is shown.
    private var kept: (grid: TerminalGrid, cursor: TerminalGrid.Cursor)?
    package private(set) var grid: TerminalGrid
    private var saved = TerminalGrid.Cursor()
    private var lastText: Unicode.Scalar = " "
    private var charsets: [UInt8] = [UInt8(ascii: "B"), UInt8(ascii: "B")]
    private var charset = 0

    package init(size: Size) {
        self.size = size
        grid = TerminalGrid(size: size)
    }

    package static func == (one: Self, two: Self) -> Bool { one.text == two.text && one.cursor == two.cursor }

    /// The rows without blanks at their ends.
    package var lines: [String] { grid.lines }
    package var text: String { lines.joined(separator: "\n") }
    package var cursor: CellPoint {
        CellPoint(column: min(grid.cursor.column, size.columns - 1), row: grid.cursor.row)
    }
    package func contains(_ part: String) -> Bool { lines.contains { $0.contains(part) } }

    package mutating func resize(_ size: Size) {
        self.size = size
        grid.resize(size)
        kept?.grid.resize(size)
    }

    package mutating func take(_ token: TerminalToken) {
        switch token {
        case .text(let scalar): put(scalar)
        case .control(let byte): control(byte)
        case .escape(let intermediates, let final): escape(intermediates, final, token)
        case .sequence(nil, let parameters, let intermediates, let final):
            if !sequence(parameters, intermediates, final) { unknown.append(token) }
        case .sequence(UInt8(ascii: "?")?, let parameters, [], UInt8(ascii: "h")):
            for mode in parameters { setMode(mode ?? 0, true) }
        case .sequence(UInt8(ascii: "?")?, let parameters, [], UInt8(ascii: "l")):
            for mode in parameters { setMode(mode ?? 0, false) }
        // The Linux console's form of the cursor.
        case .sequence(UInt8(ascii: "?")?, _, [], UInt8(ascii: "c")): break
        case .string(UInt8(ascii: "]"), let body):
            let text = String(decoding: body, as: UTF8.self)
            if text.hasPrefix("0;") || text.hasPrefix("2;") { title = String(text.dropFirst(2)) }
        case .sequence, .string, .malformed: unknown.append(token)
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let shown = charsets[charset] == UInt8(ascii: "0") ? Self.lineDrawing[scalar] ?? scalar : scalar
        lastText = shown
        grid.put(shown, wraps: modes.contains(7))
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x08: grid.move(toColumn: cursor.column - 1)
        case 0x09: grid.move(toColumn: min(size.columns - 1, (cursor.column / 8 + 1) * 8))
        case 0x0A, 0x0B, 0x0C: grid.lineFeed()
        case 0x0D: grid.move(toColumn: 0)
        case 0x0E: charset = 1
        case 0x0F: charset = 0
        case 0x00: break
        default: unknown.append(.control(byte))
        }
    }

    private mutating func escape(_ intermediates: [UInt8], _ final: UInt8, _ token: TerminalToken) {
        switch (intermediates.first, final) {
        case (nil, UInt8(ascii: "7")): saved = grid.cursor
        case (nil, UInt8(ascii: "8")): grid.cursor = saved
        case (nil, UInt8(ascii: "D")): grid.lineFeed()
        case (nil, UInt8(ascii: "E")):
            grid.move(toColumn: 0)
            grid.lineFeed()
        case (nil, UInt8(ascii: "M")): grid.reverseLineFeed()
        case (nil, UInt8(ascii: "c")): self = TerminalScreen(size: size)
        case (nil, UInt8(ascii: "=")), (nil, UInt8(ascii: ">")), (nil, UInt8(ascii: "H")): break
        case (nil, UInt8(ascii: "g")): bells += 1
        case (UInt8(ascii: "("), _): charsets[0] = final
        case (UInt8(ascii: ")"), _): charsets[1] = final
        default: unknown.append(token)
        }
    }

    private mutating func setMode(_ mode: Int, _ on: Bool) {
        switch mode {
        case 25: isCursorVisible = on
        case 47, 1047, 1049: showAlternate(on)
        default:
            if on { modes.insert(mode) } else { modes.remove(mode) }
        }
    }

    private mutating func showAlternate(_ on: Bool) {
        guard on != isAlternate else { return }
        isAlternate = on
        if on {
            kept = (grid, grid.cursor)
            grid = TerminalGrid(size: size)
        } else if let first = kept {
            grid = first.grid
            grid.cursor = first.cursor
            kept = nil
        }
    }

    /// Whether the sequence is known.
    private mutating func sequence(_ parameters: [Int?], _ intermediates: [UInt8], _ final: UInt8) -> Bool {
        guard intermediates.isEmpty else { return intermediates == [0x20] && final == UInt8(ascii: "q") }
        if final == UInt8(ascii: "b") {
            for _ in 0..<min(10_000, (parameters.first ?? 1) ?? 1) { grid.put(lastText, wraps: true) }
            return true
        }
        switch final {
        case UInt8(ascii: "m"), UInt8(ascii: "t"), UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "g"):
            return true
        case UInt8(ascii: "s"): saved = grid.cursor
        case UInt8(ascii: "u"): grid.cursor = saved
        default: return grid.apply(parameters, final)
        }
        return true
    }

    /// DEC's special graphics. Source: VT220 Programmer Reference, table 2-4.
    private static let lineDrawing: [Unicode.Scalar: Unicode.Scalar] = [
        "j": "┘", "k": "┐", "l": "┌", "m": "└", "n": "┼", "q": "─", "t": "├", "u": "┤", "v": "┴", "w": "┬",
        "x": "│", "a": "▒", "`": "◆", "f": "°", "g": "±", "~": "·", "y": "≤", "z": "≥",
    ]
}
