import FoundationEssentials

/// Base64 text (RFC 4648): the standard alphabet with padding, and the URL alphabet without it.
package enum Base64 {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
    }

    /// Strict: padding required, no blanks. `nil` for anything else.
    package static func decode(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text).map { [UInt8]($0) }
    }

    /// `base64url` without padding (RFC 4648, section 5; the form of RFC 7515).
    package static func encodeURL(_ bytes: some Sequence<UInt8>) -> String {
        var text = encode(bytes)
        while text.last == "=" { text.removeLast() }
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    /// The bytes of unpadded `base64url` text; `nil` for anything else, padding included.
    package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
        var standard = ""
        for character in text {
            switch character {
            case "-": standard.append("+")
            case "_": standard.append("/")
            case "+", "/", "=": return nil
            default: standard.append(character)
            }
        }
        let missing = (4 - standard.utf8.count % 4) % 4
        guard missing < 3 else { return nil }
        return decode(standard + String(repeating: "=", count: missing))
    }
}
