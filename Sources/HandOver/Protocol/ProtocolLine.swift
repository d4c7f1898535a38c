internal import Model

/// One line of the hand-over protocol: mark, checksum, JSON. `Protocol.md` has the whole of it.
///
/// `MHO1 <CRC-32 of the JSON, 8 hex digits> <JSON>` and a line feed. What a console prints in between has no
/// mark and is passed over; what noise has changed does not fit its checksum.
package enum ProtocolLine {
    package static let mark = Array("MHO1 ".utf8)

    /// The line with a line feed before it, which ends whatever half a line is on the wire, and two behind
    /// it, of which one may be lost.
    package static func encode(_ value: some Encodable) throws(HandOverError) -> [UInt8] {
        let json: [UInt8]
        do { json = try CanonicalJSON.encode(value) } catch {
            throw .lineUnreadable("it cannot be written as JSON")
        }
        return [0x0A] + mark + Array(checksum(json).utf8) + [0x20] + json + [0x0A, 0x0A]
    }

    /// 8 hex digits.
    static func checksum(_ json: some Sequence<UInt8>) -> String {
        let value = CRC32.of(json)
        return Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
    }
}

/// The checksum of Ethernet and gzip: tells noise, not intent. Source: ISO 3309, polynomial 0xEDB88320
/// reflected.
enum CRC32 {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}

/// Finds the lines of the protocol in what comes over a link.
package struct LineReader: Sendable {
    package enum Found: Equatable, Sendable {
        /// The JSON of a line that fits its checksum.
        case line([UInt8])
        /// Something that was a line of the protocol before the wire changed it.
        case damaged
    }

    private var pending: [UInt8] = []
    /// Whether the line that is read now is too long to be one.
    private var isOverlong = false

    package init() {}

    /// Takes what was read; gives the lines that ended in it.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [Found] {
        var found: [Found] = []
        for byte in bytes {
            if byte == 0x0A {
                if !isOverlong, let line = Self.read(pending) { found.append(line) }
                pending = []
                isOverlong = false
            } else if pending.count < HandOverLimits.lineBytes {
                pending.append(byte)
            } else {
                isOverlong = true
            }
        }
        return found
    }

    /// What a line of the protocol is known by when its mark is lost.
    private static let members = ["\"seq\":", "\"re\":"].map { Array($0.utf8) }

    /// `nil` for a line that has no mark and no number.
    private static func read(_ line: [UInt8]) -> Found? {
        var line = line[...]
        // A terminal on the way may have added a carriage return.
        while line.last == 0x0D { line.removeLast() }
        guard let start = last(ProtocolLine.mark, in: line) else {
            return members.contains { last($0, in: line) != nil } ? .damaged : nil
        }
        let rest = line[start...].dropFirst(ProtocolLine.mark.count)
        let checksum = rest.prefix(8)
        let json = rest.dropFirst(9)
        guard rest.count > 9, rest[rest.startIndex + 8] == 0x20,
            ProtocolLine.checksum(json).utf8.elementsEqual(checksum)
        else { return .damaged }
        return .line(Array(json))
    }

    /// The last, as noise before it may look like one.
    private static func last(_ mark: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
        guard line.count >= mark.count else { return nil }
        return (line.startIndex...(line.endIndex - mark.count)).last {
            line[$0] == mark[0] && line[$0...].starts(with: mark)
        }
    }
}
