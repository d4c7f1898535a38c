/// The first character of bytes that should be UTF-8. Source: RFC 3629, section 4.
enum UTF8Scalar: Equatable {
    case scalar(Unicode.Scalar, length: Int)
    /// What is there could go on to a character.
    case incomplete
    case malformed

    static func first(of bytes: ArraySlice<UInt8>) -> UTF8Scalar {
        guard let lead = bytes.first else { return .incomplete }
        let length = length(of: lead)
        guard length > 0 else { return .malformed }
        let known = bytes.prefix(length)
        for byte in known.dropFirst() where byte & 0xC0 != 0x80 { return .malformed }
        if known.count < length { return .incomplete }
        guard case .scalarValue(let scalar) = decoded(known) else { return .malformed }
        return .scalar(scalar, length: length)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> UnicodeDecodingResult {
        var (decoder, iterator) = (UTF8(), bytes.makeIterator())
        return decoder.decode(&iterator)
    }

    private static func length(of lead: UInt8) -> Int {
        switch lead {
        case 0..<0x80: 1
        case 0xC2..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0..<0xF5: 4
        default: 0
        }
    }
}
