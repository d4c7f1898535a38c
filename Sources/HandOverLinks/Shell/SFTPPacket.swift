/// The packets of the SSH File Transfer Protocol, version 3, of which the ones that are needed here.
///
/// Source: draft-ietf-secsh-filexfer-02; the extensions are OpenSSH's, its file `PROTOCOL`, section 4.
enum SFTPPacket {
    static let version: UInt32 = 3
    /// Bytes of a packet that are taken: 256 KiB is what OpenSSH has.
    static let limit = 256 << 10
    /// Bytes of a file in one packet, which every server takes.
    static let chunkBytes = 32 << 10

    enum Kind: UInt8 {
        case hello = 1
        case version = 2
        case open = 3
        case close = 4
        case read = 5
        case write = 6
        case openDirectory = 11
        case readDirectory = 12
        case remove = 13
        case stat = 17
        case rename = 18
        case status = 101
        case handle = 102
        case data = 103
        case name = 104
        case attributes = 105
        case extended = 200
        case extendedReply = 201
    }

    enum Status {
        static let ok: UInt32 = 0
        static let end: UInt32 = 1
        static let noFile: UInt32 = 2
        static let notPermitted: UInt32 = 3
    }

    enum OpenFlags {
        static let read: UInt32 = 0x01
        static let write: UInt32 = 0x02
        static let create: UInt32 = 0x08
        static let exclusive: UInt32 = 0x20
    }

    enum Extension: String, CaseIterable {
        case sync = "fsync@openssh.com"
        case rename = "posix-rename@openssh.com"
        case room = "statvfs@openssh.com"
    }

    /// Puts a packet together: numbers big-endian, texts with their length before them.
    struct Writer {
        private(set) var body: [UInt8]

        init(_ kind: Kind) { body = [kind.rawValue] }

        mutating func put(_ number: UInt32) {
            for shift in [24, 16, 8, 0] { body.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
        }

        mutating func put(_ number: UInt64) {
            put(UInt32(truncatingIfNeeded: number >> 32))
            put(UInt32(truncatingIfNeeded: number))
        }

        mutating func put(_ bytes: some Collection<UInt8>) {
            put(UInt32(bytes.count))
            body += bytes
        }

        /// With its length before it.
        var packet: [UInt8] {
            let count = UInt32(body.count)
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> UInt32($0)) } + body
        }
    }

    /// Takes a packet apart; `nil` where it is shorter than it says.
    struct Reader {
        private var rest: ArraySlice<UInt8>

        init(_ body: some Sequence<UInt8>) { rest = ArraySlice(body) }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func byte() -> UInt8? { rest.popFirst() }

        mutating func number() -> UInt32? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        }

        mutating func longNumber() -> UInt64? {
            guard let high = number(), let low = number() else { return nil }
            return UInt64(high) << 32 | UInt64(low)
        }

        mutating func bytes() -> [UInt8]? {
            guard let count = number(), Int(count) <= rest.count else { return nil }
            defer { rest = rest.dropFirst(Int(count)) }
            return Array(rest.prefix(Int(count)))
        }

        /// Passes over the attributes of a file (section 5 of the draft).
        mutating func attributes() -> Bool {
            guard let flags = number() else { return false }
            var words = (flags & 1 != 0 ? 2 : 0) + (flags & 2 != 0 ? 2 : 0)
            words += (flags & 4 != 0 ? 1 : 0) + (flags & 8 != 0 ? 2 : 0)
            for _ in 0..<words where number() == nil { return false }
            guard flags & 0x8000_0000 != 0 else { return true }
            guard let count = number(), count <= 64 else { return false }
            for _ in 0..<(2 * count) where bytes() == nil { return false }
            return true
        }
    }
}
