import Model

/// The bytes of a Zigbee install code with its CRC, and the link key that they make.
///
/// Source: Zigbee Base Device Behavior 3.0.1, section 10.1.
struct InstallCode {
    /// Code and CRC.
    let bytes: [UInt8]
    /// Whether the label left the CRC out and it was computed.
    let isCompleted: Bool

    private static let lengths = [6, 8, 12, 16]

    /// - Throws: `badStructure` for text that is not hex, `badLength`, or `badChecksum` for a CRC that does
    ///   not fit.
    init(_ hex: String) throws(LabelFault) {
        guard hex.isAllHex else { throw .badStructure }
        guard let bytes = Hexadecimal.decode(hex) else { throw .badLength }
        if Self.lengths.contains(bytes.count - 2) {
            let body = bytes.dropLast(2)
            guard Self.crc(body) == Array(bytes.suffix(2)) else { throw .badChecksum }
            (self.bytes, isCompleted) = (bytes, false)
        } else if bytes.count == 16 {
            (self.bytes, isCompleted) = (bytes + Self.crc(bytes), true)
        } else {
            throw .badLength
        }
    }

    var text: String { Hexadecimal.encode(bytes, uppercase: true) }

    /// The key that the trust centre and the device both make of the code.
    func linkKey(_ digests: LabelDigests) -> String {
        Hexadecimal.encode(Self.hash(bytes, digests), uppercase: true)
    }

    /// CRC-16/X-25, the low byte first.
    private static func crc(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let crc = ~bytes.reduce(UInt16(0xFFFF)) { crc, byte in
            (0..<8).reduce(crc ^ UInt16(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0x8408 : value >> 1
            }
        }
        return [UInt8(crc & 0xFF), UInt8(crc >> 8)]
    }

    /// Matyas-Meyer-Oseas over AES-128. Source: Zigbee Specification R22, annex B.6.
    private static func hash(_ message: [UInt8], _ digests: LabelDigests) -> [UInt8] {
        let bits = message.count * 8
        var padded = message + [0x80]
        while padded.count % 16 != 14 { padded.append(0) }
        padded += [UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
        var state = [UInt8](repeating: 0, count: 16)
        for start in stride(from: 0, to: padded.count, by: 16) {
            let block = Array(padded[start..<start + 16])
            state = zip(digests.aes128(state, block), block).map { $0 ^ $1 }
        }
        return state
    }
}
