/// The sequences that a program may send to a terminal of one type: those of its entry in the terminal
/// database, with any numbers in them, and those that are added by name.
///
/// Modes (`h`, `l`) and window operations (`t`) are known by their numbers too: one mode is not as good
/// as another.
package struct TerminalVocabulary {
    private var shapes: Set<String> = []

    /// - Parameters:
    ///   - entry: the output of `infocmp -1 -x`.
    ///   - extras: further sequences, written out.
    package init(entry: String, extras: [String]) {
        for line in entry.split(separator: "\n") where line.hasPrefix("\t") {
            guard let sign = line.firstIndex(of: "=") else { continue }
            let name = line[..<sign].drop { $0 == "\t" }
            // What keys send is no output.
            if name.hasPrefix("k") { continue }
            add(Self.bytes(of: line[line.index(after: sign)...]))
        }
        for extra in extras { add(Array(extra.utf8)) }
    }

    private mutating func add(_ bytes: [UInt8]) {
        var tokens = TerminalTokens()
        var found: [TerminalToken] = []
        tokens.feed(bytes) { found.append($0) }
        for token in found { if let shape = Self.shape(token) { shapes.insert(shape) } }
    }

    /// Whether the program may send it: printable text, or a known sequence.
    package func allows(_ token: TerminalToken) -> Bool {
        if case .text(let scalar) = token { return Self.isPrintable(scalar) }
        guard let shape = Self.shape(token) else { return false }
        return shapes.contains(shape)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            false
        default: true
        }
    }

    private static func shape(_ token: TerminalToken) -> String? {
        switch token {
        case .text, .malformed: return nil
        case .control(let byte): return "control \(byte)"
        case .escape(let intermediates, let final): return "escape \(intermediates) \(final)"
        case .sequence(let prefix, let parameters, let intermediates, let final):
            let isMode = "hlt".utf8.contains(final)
            return "sequence \(prefix ?? 0) \(intermediates) \(final) \(isMode ? "\(parameters)" : "")"
        case .string(let kind, let body):
            return
                "string \(kind) \(String(decoding: body.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self))"
        }
    }

    /// A capability as `infocmp` writes it, made bytes; what is computed (`%…`) and padding (`$<…>`) left
    /// out.
    private static func bytes(of text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        if rest.last == UInt8(ascii: ",") { rest.removeLast() }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(escaped(&rest))
            case UInt8(ascii: "^"): bytes.append((rest.popFirst() ?? 0x40) & 0x1F)
            case UInt8(ascii: "%"): skipComputation(&rest)
            case UInt8(ascii: "$") where rest.first == UInt8(ascii: "<"):
                rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8 {
        let next = rest.popFirst() ?? 0
        switch next {
        case UInt8(ascii: "E"), UInt8(ascii: "e"): return 0x1B
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = next - 0x30
            while let digit = rest.first, (0x30...0x37).contains(digit) {
                value = value &* 8 &+ (digit - 0x30)
                rest = rest.dropFirst()
            }
            return value
        default: return next
        }
    }

    private static func skipComputation(_ rest: inout ArraySlice<UInt8>) {
        guard let next = rest.popFirst() else { return }
        switch next {
        case UInt8(ascii: "{"): rest = rest.drop { $0 != UInt8(ascii: "}") }.dropFirst()
        case UInt8(ascii: "'"): rest = rest.dropFirst(2)
        case UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "g"): rest = rest.dropFirst()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"):
            rest = rest.drop { !"dosxX".utf8.contains($0) }.dropFirst()
        default: break
        }
    }
}
