internal import Canvas

/// The cells of a terminal's screen, the cursor, and the region that scrolls.
package struct TerminalGrid: Equatable, Sendable {
    package struct Cursor: Equatable, Sendable {
        package var column = 0
        package var row = 0
        /// A character was put into the last column: the next one goes to the next row.
        package var wrapsNext = false
    }

    private var size: Size
    /// Row by row; `""` is the second half of a wide character.
    package private(set) var cells: [[String]]
    package var cursor = Cursor()
    private var top = 0
    private var bottom: Int

    init(size: Size) {
        self.size = size
        cells = Array(repeating: Self.blank(size.columns), count: size.rows)
        bottom = size.rows - 1
    }

    private static func blank(_ columns: Int) -> [String] { Array(repeating: " ", count: columns) }

    package var lines: [String] {
        cells.map { row in
            var line = row.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    mutating func resize(_ new: Size) {
        // As xterm does it: rows go from the bottom, unless that would take the cursor's.
        let lost = max(0, min(cells.count - new.rows, cursor.row - new.rows + 1))
        cells.removeFirst(lost)
        cursor.row -= lost
        cells = cells.prefix(new.rows).map {
            Array($0.prefix(new.columns)) + Self.blank(max(0, new.columns - $0.count))
        }
        while cells.count < new.rows { cells.append(Self.blank(new.columns)) }
        size = new
        (top, bottom) = (0, new.rows - 1)
        move(toColumn: cursor.column)
        move(toRow: cursor.row)
    }

    // MARK: Characters

    static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return scalar == "\u{AD}" ? 1 : 0
        default: break
        }
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
        // Alone and not in a sequence, as terminals measure.
        if (0x1F1E6...0x1F1FF).contains(scalar.value) { return 1 }
        return max(1, CellWidth.of(Character(scalar)))
    }

    mutating func put(_ scalar: Unicode.Scalar, wraps: Bool) {
        let width = Self.width(scalar)
        guard width > 0 else { return combine(scalar) }
        if cursor.wrapsNext || cursor.column + width > size.columns {
            if wraps {
                move(toColumn: 0)
                lineFeed()
            } else {
                move(toColumn: size.columns - width)
            }
        }
        sever(cursor.column)
        cells[cursor.row][cursor.column] = String(Character(scalar))
        if width == 2, cursor.column + 1 < size.columns {
            sever(cursor.column + 1)
            cells[cursor.row][cursor.column] = String(Character(scalar))
            cells[cursor.row][cursor.column + 1] = ""
        }
        cursor.column += width
        if cursor.column >= size.columns {
            cursor.column = size.columns - 1
            cursor.wrapsNext = true
        }
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        var column = cursor.wrapsNext ? cursor.column : cursor.column - 1
        if column > 0, cells[cursor.row][column].isEmpty { column -= 1 }
        guard column >= 0 else { return }
        cells[cursor.row][column].unicodeScalars.append(scalar)
    }

    /// A wide character of which one half is drawn over is gone.
    private mutating func sever(_ column: Int) {
        if cells[cursor.row][column].isEmpty, column > 0 { cells[cursor.row][column - 1] = " " }
        if column + 1 < size.columns, cells[cursor.row][column + 1].isEmpty {
            cells[cursor.row][column + 1] = " "
        }
        cells[cursor.row][column] = " "
    }

    // MARK: The cursor

    mutating func move(toColumn column: Int) {
        cursor.column = max(0, min(size.columns - 1, column))
        cursor.wrapsNext = false
    }

    mutating func move(toRow row: Int) {
        cursor.row = max(0, min(size.rows - 1, row))
        cursor.wrapsNext = false
    }

    mutating func lineFeed() {
        if cursor.row == bottom { scroll(1, from: top) } else { move(toRow: cursor.row + 1) }
        cursor.wrapsNext = false
    }

    mutating func reverseLineFeed() {
        if cursor.row == top { scroll(-1, from: top) } else { move(toRow: cursor.row - 1) }
    }

    /// Rows between `first` and the region's end go up, or down for a negative count.
    private mutating func scroll(_ count: Int, from first: Int) {
        guard first <= bottom else { return }
        for _ in 0..<min(abs(count), size.rows) {
            cells.remove(at: count > 0 ? first : bottom)
            cells.insert(Self.blank(size.columns), at: count > 0 ? bottom : first)
        }
    }

    // MARK: Sequences

    /// Moves, erases, inserts, deletes, scrolls; whether the sequence is known.
    mutating func apply(_ parameters: [Int?], _ final: UInt8) -> Bool {
        let count = max(1, (parameters.first ?? nil) ?? 1)
        let second = max(1, (parameters.dropFirst().first ?? nil) ?? 1)
        switch Unicode.Scalar(final) {
        case "A": move(toRow: max(cursor.row >= top ? top : 0, cursor.row - count))
        case "B", "e": move(toRow: min(cursor.row <= bottom ? bottom : size.rows, cursor.row + count))
        case "C", "a": move(toColumn: cursor.column + count)
        case "D": move(toColumn: cursor.column - count)
        case "E", "F":
            move(toRow: cursor.row + (final == UInt8(ascii: "E") ? count : -count))
            move(toColumn: 0)
        case "G", "`": move(toColumn: count - 1)
        case "d": move(toRow: count - 1)
        case "H", "f":
            move(toRow: count - 1)
            move(toColumn: second - 1)
        case "J": eraseDisplay((parameters.first ?? nil) ?? 0)
        case "K": eraseLine((parameters.first ?? nil) ?? 0)
        case "X": erase(cursor.column..<min(size.columns, cursor.column + count), row: cursor.row)
        case "@": insert(count)
        case "P": delete(count)
        case "L": if (top...bottom).contains(cursor.row) { scroll(-count, from: cursor.row) }
        case "M": if (top...bottom).contains(cursor.row) { scroll(count, from: cursor.row) }
        case "S": scroll(count, from: top)
        case "T": scroll(-count, from: top)
        case "r": setRegion(parameters)
        default: return false
        }
        return true
    }

    private mutating func setRegion(_ parameters: [Int?]) {
        let first = max(1, (parameters.first ?? nil) ?? 1) - 1
        let last = min(size.rows, (parameters.dropFirst().first ?? nil) ?? size.rows) - 1
        guard first < last else { return }
        (top, bottom) = (first, last)
        move(toRow: 0)
        move(toColumn: 0)
    }

    private mutating func eraseDisplay(_ part: Int) {
        for row in 0..<size.rows where part >= 2 || (part == 0 ? row > cursor.row : row < cursor.row) {
            erase(0..<size.columns, row: row)
        }
        if part < 2 { eraseLine(part) }
    }

    private mutating func eraseLine(_ part: Int) {
        switch part {
        case 0: erase(cursor.column..<size.columns, row: cursor.row)
        case 1: erase(0..<cursor.column + 1, row: cursor.row)
        default: erase(0..<size.columns, row: cursor.row)
        }
    }

    private mutating func erase(_ columns: Range<Int>, row: Int) {
        let place = cursor
        cursor.row = row
        for column in columns { sever(column) }
        cursor = place
    }

    private mutating func insert(_ count: Int) {
        for _ in 0..<min(count, size.columns - cursor.column) {
            cells[cursor.row].insert(" ", at: cursor.column)
            cells[cursor.row].removeLast()
        }
    }

    private mutating func delete(_ count: Int) {
        for _ in 0..<min(count, size.columns - cursor.column) {
            cells[cursor.row].remove(at: cursor.column)
            cells[cursor.row].append(" ")
        }
    }
}
