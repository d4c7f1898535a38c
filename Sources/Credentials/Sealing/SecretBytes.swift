internal import COpenSSL
package import Model

/// Bytes of a secret in memory of their own: locked, so that they are not swapped; left out of core files; wiped when the
/// last owner lets go. Never copied, printed or compared with the usual operators.
///
/// The library's secure heap does all of it. Source: OPENSSL_secure_malloc(3).
package final class SecretBytes: ProtectedBytes, @unchecked Sendable, CustomStringConvertible,
    CustomReflectable
{
    private let start: UnsafeMutableRawPointer
    package let count: Int

    /// Takes room for `count` bytes and has them written once.
    package init(
        count: Int, _ write: (UnsafeMutableRawBufferPointer) throws(CredentialsError) -> Void
    ) throws(CredentialsError) {
        _ = SecureHeap.isReady
        let step = "Taking protected memory"
        start = try Library.make(CRYPTO_secure_zalloc(max(1, count), "SecretBytes", 0), step)
        self.count = count
        try write(UnsafeMutableRawBufferPointer(start: start, count: count))
    }

    /// The kernel's randomness.
    package static func random(_ count: Int) throws(CredentialsError) -> SecretBytes {
        try SecretBytes(count: count) { bytes throws(CredentialsError) in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            try Library.check(RAND_priv_bytes(start, Int32(count)), "Making random bytes")
        }
    }

    /// A copy of bytes that were in ordinary memory before.
    package convenience init(copying bytes: [UInt8]) throws(CredentialsError) {
        try self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// A copy of what somebody else protects.
    package convenience init(copying bytes: any ProtectedBytes) throws(CredentialsError) {
        try self.init(count: bytes.count) { room in
            bytes.lend { span in span.withUnsafeBytes { room.copyMemory(from: $0) } }
        }
    }

    package var description: String { Redacted<[UInt8]>.placeholder }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    deinit { CRYPTO_secure_clear_free(start, max(1, count), "SecretBytes", 0) }

    package func withBytes<Value, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The bytes of a secret that may not be there.
    static func withBytes<Value>(
        of secret: SecretBytes?, _ body: (UnsafeRawBufferPointer?) -> Value
    ) -> Value {
        body(secret.map { UnsafeRawBufferPointer(start: $0.start, count: $0.count) })
    }

    /// Takes room for at most so many bytes and has some of them written; `nil` when `fill` gives no count.
    package static func filled(
        upTo limit: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int?
    ) throws(CredentialsError) -> SecretBytes? {
        let room = try SecretBytes(count: limit) { _ in }
        guard let count = fill(UnsafeMutableRawBufferPointer(start: room.start, count: limit)) else {
            return nil
        }
        return try SecretBytes(count: count) { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(start: room.start, count: count))
        }
    }

    package func lend(to body: (Span<UInt8>) -> Void) {
        body(UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(to: UInt8.self).span)
    }

    /// In ordinary memory, for what takes nothing else.
    package var copied: Redacted<[UInt8]> {
        Redacted(Array(UnsafeRawBufferPointer(start: start, count: count)))
    }

    package func keeping(_ count: Int, adding bytes: [UInt8]) -> (any ProtectedBytes)? {
        try? SecretBytes(count: count + bytes.count) { room in
            room.copyMemory(from: UnsafeRawBufferPointer(start: start, count: count))
            UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyBytes(from: bytes)
        }
    }

    package func matches(_ other: SecretBytes) -> Bool {
        other.count == count && CRYPTO_memcmp(start, other.start, count) == 0
    }

    /// Compared in a time that does not tell where they differ.
    package func matches(_ bytes: [UInt8]) -> Bool {
        bytes.count == count && CRYPTO_memcmp(start, bytes, count) == 0
    }
}

/// The part of the memory that secrets live in: keys that the library makes are there too.
package enum SecureHeap {
    /// 1 MiB, in pieces of at least 32 bytes: some thousand keys at a time.
    private static let sizeBytes = 1 << 20

    /// What the kernel granted when it was first used.
    package enum Standing: Int32, Sendable {
        /// There is none: secrets lie in ordinary memory, and are wiped there.
        case none = 0
        case locked = 1
        /// The kernel did not lock it, so that it may be swapped.
        case unlocked = 2
    }

    package static let standing = Standing(rawValue: CRYPTO_secure_malloc_init(sizeBytes, 32)) ?? .none

    package static var isReady: Bool { standing != .none }
}
