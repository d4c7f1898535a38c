/// The alphabet of Matter's QR payloads. Source: Matter Core Specification 1.3, section 5.1.3.1.
enum Base38 {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.")

    /// Chunks of five characters are three bytes, a last chunk of four or two is two or one; least
    /// significant first.
    static func decode(_ text: Substring) throws(LabelFault) -> [UInt8] {
        var digits: [Int] = []
        for (index, character) in text.enumerated() {
            guard let value = alphabet.firstIndex(of: character) else {
                throw LabelFault(.badCharset, position: "MT:".count + index + 1)
            }
            digits.append(value)
        }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 5) {
            let chunk = digits[start..<min(start + 5, digits.count)]
            let count: Int
            switch chunk.count {
            case 5: count = 3
            case 4: count = 2
            case 2: count = 1
            default: throw .badLength
            }
            let value = chunk.reversed().reduce(0) { $0 * 38 + $1 }
            guard value < 1 << (8 * count) else { throw .badStructure }
            bytes += (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        return bytes
    }
}
