/// Bytes of a secret in memory of their own, which are lent for the time of a call: so they go from module to module
/// without a copy in ordinary memory.
package protocol ProtectedBytes: AnyObject, Sendable {
    var count: Int { get }
    func lend(to body: (RawSpan) -> Void)
    /// In ordinary memory, for what takes nothing else.
    var copied: Redacted<[UInt8]> { get }
}

/// A body that is a secret, or holds one.
package struct SecretBody: Equatable, Sendable {
    package let bytes: any ProtectedBytes

    package init(_ bytes: any ProtectedBytes) {
        self.bytes = bytes
    }

    /// Contents are not compared: two are equal when they are the same memory.
    package static func == (left: Self, right: Self) -> Bool { left.bytes === right.bytes }
}
