import CommandTable
import Model

/// A label's payload as it is typed: control characters may be written `\x1d`, `\n`, `\r`, `\t`, a backslash `\\`.
enum PayloadText {
    /// - Throws: `CommandFailure` with exit code 65 for an escape that is none.
    static func bytes(_ text: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(byte)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "x"):
                guard let high = rest.popFirst().flatMap(Hexadecimal.value(of:)),
                    let low = rest.popFirst().flatMap(Hexadecimal.value(of:))
                else { throw unknownEscape }
                bytes.append(high << 4 | low)
            case .some, nil: throw unknownEscape
            }
        }
        return bytes
    }

    private static var unknownEscape: CommandFailure {
        CommandFailure(
            .badInput, "escape_unknown", "Nothing was read: the text has a backslash that means nothing.",
            "Write control characters as \\x1d, and a backslash as \\\\.")
    }
}
