import Credentials
import Model

/// A body in JSON with a secret in one of its texts, which is in protected memory only.
enum SecretRequest {
    /// `encode` gives the body with the given text where the secret belongs.
    static func body(
        with secret: SecretBytes, randomness: (Int) -> [UInt8], encode: (String) throws -> [UInt8]
    ) throws -> SecretBytes {
        // A text that stands nowhere else in the body; hex digits are written as they are.
        let mark = Hexadecimal.encode(randomness(16))
        let template = try encode(mark)
        guard let place = template.firstRange(of: Array(mark.utf8)) else {
            preconditionFailure("the body holds the text that it was made with")
        }
        let limit = template.count + secret.count * 6
        let body = try SecretBytes.filled(upTo: limit) { room in
            var writer = Writer(room: room)
            writer.put(template[..<place.lowerBound])
            secret.withBytes { bytes in for byte in bytes { writer.putEscaped(byte) } }
            writer.put(template[place.upperBound...])
            return writer.count
        }
        guard let body else { preconditionFailure("the count is always given") }
        return body
    }

    private struct Writer {
        let room: UnsafeMutableRawBufferPointer
        private(set) var count = 0

        init(room: UnsafeMutableRawBufferPointer) {
            self.room = room
        }

        mutating func put(_ bytes: ArraySlice<UInt8>) {
            for byte in bytes { put(byte) }
        }

        private mutating func put(_ byte: UInt8) {
            room[count] = byte
            count += 1
        }

        /// A byte of a text in JSON. Source: RFC 8259, section 7.
        mutating func putEscaped(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                put(UInt8(ascii: "\\"))
                put(byte)
            case ..<0x20:
                put(Array("\\u00".utf8)[...])
                put(Array(Hexadecimal.encode([byte]).utf8)[...])
            default: put(byte)
            }
        }
    }
}
