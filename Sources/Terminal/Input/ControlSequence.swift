internal import Canvas

/// A control sequence as terminals send it for keys: `ESC [`, parameters, one last letter.
///
/// Source: ECMA-48, 5.4; XTerm Control Sequences, "PC-Style Function Keys" and "Mouse Tracking".
struct ControlSequence: Equatable {
    /// `<` of mouse reports, `?` of replies.
    var prefix: UInt8?
    var parameters: [Int]
    var final: UInt8

    /// The bytes between `ESC [` and the final one.
    init(body: ArraySlice<UInt8>, final: UInt8) {
        var body = body
        if let first = body.first, (0x3C...0x3F).contains(first) {
            prefix = first
            body = body.dropFirst()
        }
        parameters = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
            digits in
            digits.reduce(0) { (0x30...0x39).contains($1) ? min(99_999, $0 * 10 + Int($1 - 0x30)) : $0 }
        }
        self.final = final
    }

    /// The input it stands for; `nil` when it means nothing here and is left out.
    var input: Input? {
        if prefix == UInt8(ascii: "<") { return mouse }
        guard prefix == nil else { return nil }
        switch final {
        case UInt8(ascii: "I"): return .focus(true)
        case UInt8(ascii: "O"): return .focus(false)
        case UInt8(ascii: "~"): return Self.numbered[parameters.first ?? 0].map { .key(Key($0, modifiers)) }
        case UInt8(ascii: "Z"): return .key(.backTab)
        default: return Self.lettered[final].map { .key(Key($0, modifiers)) }
        }
    }

    /// The second parameter is one more than the sum of Shift 1, Alt 2, Control 4.
    private var modifiers: Key.Modifiers {
        guard parameters.count > 1 else { return [] }
        return Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(0, parameters[1] - 1)) & 7)
    }

    private var mouse: Input? {
        guard parameters.count == 3, final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else {
            return nil
        }
        let point = CellPoint(column: max(0, parameters[1] - 1), row: max(0, parameters[2] - 1))
        return Self.mouse(button: parameters[0], released: final == UInt8(ascii: "m"), at: point)
    }

    /// A mouse report: bits 0 and 1 are the button, 2 to 4 modifiers, 5 movement, 6 the wheel.
    static func mouse(button: Int, released: Bool, at point: CellPoint) -> Input? {
        if button & 64 != 0 {
            switch button & 3 {
            case 0: return .mouse(MouseEvent(.wheelUp, at: point))
            case 1: return .mouse(MouseEvent(.wheelDown, at: point))
            default: return nil
            }
        }
        if released { return .mouse(MouseEvent(.release, at: point)) }
        if button & 32 != 0 { return button & 3 == 3 ? nil : .mouse(MouseEvent(.drag, at: point)) }
        return .mouse(MouseEvent(.press, at: point))
    }

    /// `ESC [ A`, `ESC O A` and `ESC [ 1 ; modifiers A`.
    static let lettered: [UInt8: Key.Name] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "P"): .function(1),
        UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
    ]

    /// `ESC [ 5 ~`: as DEC, xterm, rxvt and the Linux console number them.
    static let numbered: [Int: Key.Name] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
        17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
        23: .function(11), 24: .function(12),
    ]

    /// `ESC O M`: the numeric pad while the terminal sends codes for it. Source: XTerm Control Sequences,
    /// "VT220-Style Function Keys".
    static let keypad: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "M"): "\r", UInt8(ascii: "X"): "=", UInt8(ascii: "I"): "\t", UInt8(ascii: " "): " ",
    ].merging((0x6A...0x79).map { (UInt8($0), Unicode.Scalar(UInt8($0 - 0x40))) }) { $1 }
}
