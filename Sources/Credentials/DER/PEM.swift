import Model

/// Text around DER. Source: RFC 7468.
enum PEM {
    static func text(_ label: String, _ der: [UInt8]) -> String {
        let digits = Array(Base64.encode(der).utf8)
        var text = Array("-----BEGIN \(label)-----\n".utf8)
        text.reserveCapacity(digits.count + digits.count / 64 + 80)
        for start in stride(from: 0, to: digits.count, by: 64) {
            text += digits[start..<min(start + 64, digits.count)]
            text.append(UInt8(ascii: "\n"))
        }
        text += Array("-----END \(label)-----\n".utf8)
        return String(decoding: text, as: UTF8.self)
    }
}
