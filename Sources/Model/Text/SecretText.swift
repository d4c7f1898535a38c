/// A secret while it is being typed: its characters lie in protected memory only, and nothing but their number shows.
package struct SecretText: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// In UTF-8.
    package private(set) var bytes: any ProtectedBytes
    /// Unicode scalars.
    package private(set) var count: Int

    /// - Parameter bytes: UTF-8.
    package init(_ bytes: any ProtectedBytes) {
        var count = 0
        bytes.lend { bytes in
            for place in bytes.indices where !Self.continues(bytes[place]) { count += 1 }
        }
        self.bytes = bytes
        self.count = count
    }

    package var isEmpty: Bool { count == 0 }

    /// Where there is no protected memory left, the character is not taken.
    package mutating func add(_ scalar: Unicode.Scalar) {
        guard let longer = bytes.keeping(bytes.count, adding: Array(UTF8.encode(scalar) ?? .init()))
        else { return }
        bytes = longer
        count += 1
    }

    package mutating func removeLast() {
        guard count > 0 else { return }
        var kept = bytes.count
        bytes.lend { bytes in
            repeat { kept -= 1 } while kept > 0 && Self.continues(bytes[kept])
        }
        guard let shorter = bytes.keeping(kept, adding: []) else { return }
        bytes = shorter
        count -= 1
    }

    /// In ordinary memory, for what turns out to be none.
    package var plain: String { String(decoding: bytes.copied.unredacted, as: UTF8.self) }

    private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Contents are not compared: two are equal when they are the same memory.
    package static func == (left: Self, right: Self) -> Bool { left.bytes === right.bytes }

    package var description: String { Redacted<[UInt8]>.placeholder }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
