package import Canvas

/// Bytes from a terminal made into inputs. Nothing is lost and nothing traps: what is no known sequence
/// is text.
///
/// A sequence may arrive in parts. What could be the start of one is kept for `patienceMilliseconds`;
/// then it is taken as it stands, so that Escape alone is a key.
package struct InputDecoder: Sendable {
    /// Longer than a slow line takes between the bytes of one key, shorter than a person notices.
    package static let patienceMilliseconds: Int64 = 50
    /// A paste whose end does not come.
    package static let pastePatienceMilliseconds: Int64 = 2_000
    /// A longer paste arrives in parts of so many bytes.
    package static let pasteLimit = 1 << 20
    private static let longestSequence = 64

    private var pending: [UInt8] = []
    private var position = 0
    private var paste: [UInt8]?
    private var lastArrival: Int64 = 0
    /// Sequences of the terminal's own entry that are not of the usual form.
    private let extra: KeySequences

    package init(_ extra: KeySequences = KeySequences()) {
        self.extra = extra
    }

    /// When `expire` is to be called unless more bytes come; `nil` when nothing is kept.
    package var deadlineMilliseconds: Int64? {
        if paste != nil { return lastArrival + Self.pastePatienceMilliseconds }
        return pending.isEmpty ? nil : lastArrival + Self.patienceMilliseconds
    }

    package mutating func decode(_ bytes: some Sequence<UInt8>, at milliseconds: Int64) -> [TimedInput] {
        pending.append(contentsOf: bytes)
        lastArrival = milliseconds
        return inputs(isComplete: false, at: milliseconds)
    }

    /// Takes what was kept as it stands, if its time is over.
    package mutating func expire(at milliseconds: Int64) -> [TimedInput] {
        guard let deadline = deadlineMilliseconds, milliseconds >= deadline else { return [] }
        var found: [TimedInput] = []
        if let pasted = paste {
            paste = nil
            found.append(TimedInput(.paste(pasted + pending), milliseconds: lastArrival))
            pending = []
        }
        return found + inputs(isComplete: true, at: lastArrival)
    }

    private mutating func inputs(isComplete: Bool, at milliseconds: Int64) -> [TimedInput] {
        var found: [TimedInput] = []
        position = 0
        while position < pending.count {
            let step = paste == nil ? next(isComplete: isComplete) : nextOfPaste()
            guard case .took(let count, let input) = step else { break }
            position += count
            if let input { found.append(TimedInput(input, milliseconds: milliseconds)) }
        }
        pending.removeFirst(position)
        position = 0
        return found
    }

    /// What stands at the position.
    private enum Step {
        case took(Int, Input?)
        /// It may be the start of something longer.
        case tooShort
    }

    private mutating func next(isComplete: Bool) -> Step {
        let rest = pending[position...]
        guard let first = rest.first else { return .tooShort }
        switch first {
        case 0x1B: return escape(rest, isComplete: isComplete)
        case 0x08, 0x7F: return .took(1, .text("\u{7F}"))
        case 0x1A: return .took(1, .suspend)
        case 0x0A: return .took(1, .text("\n"))
        case 0..<0x80: return .took(1, .text(Unicode.Scalar(first)))
        default: return character(rest, isComplete: isComplete)
        }
    }

    private func character(_ rest: ArraySlice<UInt8>, isComplete: Bool) -> Step {
        switch UTF8Scalar.first(of: rest) {
        case .scalar(let scalar, let length): return .took(length, .text(scalar))
        case .malformed: return .took(1, .text("\u{FFFD}"))
        case .incomplete: return isComplete ? .took(1, .text("\u{FFFD}")) : .tooShort
        }
    }

    // MARK: Sequences

    private mutating func escape(_ rest: ArraySlice<UInt8>, isComplete: Bool) -> Step {
        let alone = Step.took(1, .text("\u{1B}"))
        switch extra.match(rest) {
        case .found(let length, let key): return .took(length, .key(key))
        case .maybe where !isComplete: return .tooShort
        case .maybe, .none: break
        }
        guard rest.count > 1 else { return isComplete ? alone : .tooShort }
        switch rest[rest.startIndex + 1] {
        case UInt8(ascii: "["): return control(rest, isComplete: isComplete) ?? alone
        case UInt8(ascii: "O"):
            guard rest.count > 2 else { return isComplete ? alone : .tooShort }
            let third = rest[rest.startIndex + 2]
            if let name = ControlSequence.lettered[third] { return .took(3, .key(Key(name))) }
            return ControlSequence.keypad[third].map { .took(3, .text($0)) } ?? alone
        default: return alone
        }
    }

    /// `nil` when it is no control sequence.
    private mutating func control(_ rest: ArraySlice<UInt8>, isComplete: Bool) -> Step? {
        let body = rest.dropFirst(2).prefix(Self.longestSequence)
        // The Linux console's F1 to F5 are `ESC [ [ A` to `E`.
        if body.first == UInt8(ascii: "[") {
            guard body.count > 1 else { return isComplete ? nil : .tooShort }
            let letter = body[body.startIndex + 1]
            guard (0x41...0x45).contains(letter) else { return nil }
            return .took(4, .key(.f(Int(letter) - 0x40)))
        }
        guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            return isComplete || body.count == Self.longestSequence ? nil : .tooShort
        }
        guard (0x40...0x7E).contains(body[end]) else { return nil }
        if body[end] == UInt8(ascii: "M"), end == body.startIndex {
            return oldMouse(rest, isComplete: isComplete)
        }
        let sequence = ControlSequence(body: body[..<end], final: body[end])
        let length = end - rest.startIndex + 1
        if sequence.final == UInt8(ascii: "~"), sequence.parameters == [200] {
            paste = []
            return .took(length, nil)
        }
        return .took(length, sequence.input)
    }

    /// `ESC [ M` and three bytes, each 32 more than its value. Source: XTerm Control Sequences, "X10
    /// compatibility mode".
    private func oldMouse(_ rest: ArraySlice<UInt8>, isComplete: Bool) -> Step? {
        guard rest.count >= 6 else { return isComplete ? nil : .tooShort }
        let values = rest.dropFirst(3).prefix(3).map { Int($0) - 32 }
        guard values[0] >= 0, values[1] > 0, values[2] > 0 else { return .took(6, nil) }
        let point = CellPoint(column: values[1] - 1, row: values[2] - 1)
        let released = values[0] & 0b110_0011 == 3
        return .took(6, ControlSequence.mouse(button: values[0], released: released, at: point))
    }

    // MARK: Paste

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private mutating func nextOfPaste() -> Step {
        let rest = pending[position...]
        let escape = rest.firstIndex(of: 0x1B) ?? rest.endIndex
        let plain = rest[..<escape]
        if !plain.isEmpty {
            paste?.append(contentsOf: plain)
            return .took(plain.count, fullPaste())
        }
        if rest.starts(with: Self.pasteEnd) {
            let pasted = paste ?? []
            paste = nil
            return .took(Self.pasteEnd.count, .paste(pasted))
        }
        if Self.pasteEnd.starts(with: rest) { return .tooShort }
        paste?.append(0x1B)
        return .took(1, fullPaste())
    }

    private mutating func fullPaste() -> Input? {
        guard let pasted = paste, pasted.count >= Self.pasteLimit else { return nil }
        paste = []
        return .paste(pasted)
    }
}
