/// DER written here: certificates and requests are few fixed shapes, and the library takes longer over the key in
/// them than over the signature. Source: ITU-T X.690, section 10.
extension DER {
    enum Tag {
        static let boolean: UInt8 = 0x01
        static let integer: UInt8 = 0x02
        static let bitString: UInt8 = 0x03
        static let octetString: UInt8 = 0x04
        static let null: UInt8 = 0x05
        static let object: UInt8 = 0x06
        static let enumerated: UInt8 = 0x0A
        static let utf8String: UInt8 = 0x0C
        static let printableString: UInt8 = 0x13
        static let ia5String: UInt8 = 0x16
        static let utcTime: UInt8 = 0x17
        static let generalizedTime: UInt8 = 0x18
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31

        /// `[number]` with other elements inside.
        static func constructed(_ number: UInt8) -> UInt8 { 0xA0 | number }
        /// `[number] IMPLICIT` of a primitive type.
        static func primitive(_ number: UInt8) -> UInt8 { 0x80 | number }
    }

    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] { element(tag, of: [contents]) }

    /// Of the parts one behind another.
    static func element(_ tag: UInt8, of parts: [[UInt8]]) -> [UInt8] {
        var count = 0
        for part in parts { count += part.count }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 6)
        bytes.append(tag)
        appendLength(count, to: &bytes)
        for part in parts { bytes += part }
        return bytes
    }

    private static func appendLength(_ count: Int, to bytes: inout [UInt8]) {
        guard count >= 0x80 else { return bytes.append(UInt8(count)) }
        let digits = (Int.bitWidth - count.leadingZeroBitCount + 7) / 8
        bytes.append(0x80 | UInt8(digits))
        for digit in (0..<digits).reversed() { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * digit))) }
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(Tag.sequence, of: parts) }

    /// A number that is not negative, from its bytes with the most significant first.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        guard let first = digits.first else { return element(Tag.integer, [0]) }
        return element(Tag.integer, first < 0x80 ? digits : [0] + digits)
    }

    /// A bit string of whole bytes.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] { element(Tag.bitString, [0] + bytes) }

    static func octetString(_ bytes: [UInt8]) -> [UInt8] { element(Tag.octetString, bytes) }

    /// An object identifier of two arcs or more.
    static func object(_ arcs: [Int]) -> [UInt8] {
        precondition(arcs.count >= 2, "an object identifier has two arcs at least")
        var contents: [UInt8] = []
        for arc in [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2) {
            var digits = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                digits.insert(0x80 | UInt8(rest & 0x7F), at: 0)
                rest >>= 7
            }
            contents += digits
        }
        return element(Tag.object, contents)
    }
}
