/// One thing that a program sent to its terminal.
package enum TerminalToken: Equatable, Sendable {
    case text(Unicode.Scalar)
    /// A C0 control or DEL.
    case control(UInt8)
    /// `ESC`, intermediates, final.
    case escape(intermediates: [UInt8], final: UInt8)
    /// `ESC [`, private prefix, parameters, intermediates, final.
    case sequence(prefix: UInt8?, parameters: [Int?], intermediates: [UInt8], final: UInt8)
    /// OSC (`]`), DCS (`P`), PM, APC or SOS with what stands in it.
    case string(kind: UInt8, body: [UInt8])
    /// A byte that is no UTF-8, or ends a sequence that it does not belong to.
    case malformed(UInt8)
}

/// Splits what goes to a terminal into tokens, whatever the borders of the parts. Source: ECMA-48;
/// vt100.net, "A parser for DEC's ANSI-compatible video terminals".
package struct TerminalTokens: Sendable {
    private enum State: Equatable {
        case ground, escape, sequence, string, stringEscape
        case utf8(missing: Int)
    }

    private var state = State.ground
    private var collected: [UInt8] = []
    private var kind: UInt8 = 0

    package init() {}

    /// Whether everything so far is whole.
    package var isGround: Bool { state == .ground }

    package mutating func feed(_ bytes: some Sequence<UInt8>, _ take: (TerminalToken) -> Void) {
        for byte in bytes { feed(byte, take) }
    }

    private mutating func feed(_ byte: UInt8, _ take: (TerminalToken) -> Void) {
        switch state {
        case .ground: ground(byte, take)
        case .utf8(let missing): continuation(byte, missing: missing, take)
        case .escape: escape(byte, take)
        case .sequence: sequence(byte, take)
        case .string:
            if byte == 0x07 {
                finishString(take)
            } else if byte == 0x1B {
                state = .stringEscape
            } else {
                collected.append(byte)
            }
        case .stringEscape:
            finishString(take)
            if byte != UInt8(ascii: "\\") {
                state = .escape
                escape(byte, take)
            }
        }
    }

    private mutating func ground(_ byte: UInt8, _ take: (TerminalToken) -> Void) {
        switch byte {
        case 0x1B: begin(.escape)
        case 0..<0x20, 0x7F: take(.control(byte))
        case 0x20..<0x80: take(.text(Unicode.Scalar(byte)))
        case 0xC2..<0xE0: begin(.utf8(missing: 1), byte)
        case 0xE0..<0xF0: begin(.utf8(missing: 2), byte)
        case 0xF0..<0xF5: begin(.utf8(missing: 3), byte)
        default: take(.malformed(byte))
        }
    }

    private mutating func begin(_ next: State, _ byte: UInt8? = nil) {
        state = next
        collected = byte.map { [$0] } ?? []
    }

    private mutating func continuation(_ byte: UInt8, missing: Int, _ take: (TerminalToken) -> Void) {
        guard byte & 0xC0 == 0x80 else {
            take(.malformed(collected[0]))
            state = .ground
            return ground(byte, take)
        }
        collected.append(byte)
        if missing > 1 {
            state = .utf8(missing: missing - 1)
            return
        }
        state = .ground
        let decoded = String(decoding: collected, as: UTF8.self).unicodeScalars
        if decoded.count == 1, let scalar = decoded.first, scalar != "\u{FFFD}" || collected[0] == 0xEF {
            take(.text(scalar))
        } else {
            take(.malformed(collected[0]))
        }
    }

    private mutating func escape(_ byte: UInt8, _ take: (TerminalToken) -> Void) {
        switch byte {
        case 0x1B: begin(.escape)
        case 0..<0x20: take(.control(byte))
        case 0x20..<0x30: collected.append(byte)
        case UInt8(ascii: "[") where collected.isEmpty: begin(.sequence)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "X"):
            guard collected.isEmpty else { return finishEscape(byte, take) }
            kind = byte
            begin(.string)
        case 0x30..<0x7F: finishEscape(byte, take)
        default:
            take(.malformed(byte))
            state = .ground
        }
    }

    private mutating func finishEscape(_ byte: UInt8, _ take: (TerminalToken) -> Void) {
        take(.escape(intermediates: collected, final: byte))
        state = .ground
    }

    private mutating func finishString(_ take: (TerminalToken) -> Void) {
        take(.string(kind: kind, body: collected))
        state = .ground
    }

    private mutating func sequence(_ byte: UInt8, _ take: (TerminalToken) -> Void) {
        switch byte {
        case 0x1B: begin(.escape)
        case 0..<0x20: take(.control(byte))
        case 0x20..<0x40: collected.append(byte)
        case 0x40..<0x7F:
            take(Self.sequence(collected, final: byte))
            state = .ground
        default:
            take(.malformed(byte))
            state = .ground
        }
    }

    private static func sequence(_ body: [UInt8], final: UInt8) -> TerminalToken {
        var rest = body[...]
        var prefix: UInt8?
        if let first = rest.first, (0x3C...0x3F).contains(first) {
            prefix = first
            rest = rest.dropFirst()
        }
        let digits = rest.prefix { (0x30...0x3B).contains($0) }
        let parameters = digits.split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":") }
        ).map { Int(String(decoding: $0, as: UTF8.self)) }
        return .sequence(
            prefix: prefix, parameters: digits.isEmpty ? [] : parameters,
            intermediates: Array(rest.dropFirst(digits.count)), final: final)
    }
}
