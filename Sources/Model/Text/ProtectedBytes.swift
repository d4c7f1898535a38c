/// Bytes of a secret in memory of their own, which are lent for the time of a call: so they go from module to module
/// without a copy in ordinary memory.
package protocol ProtectedBytes: AnyObject, Sendable {
    var count: Int { get }
    func lend(to body: (Span<UInt8>) -> Void)
    /// In ordinary memory, for what takes nothing else.
    var copied: Redacted<[UInt8]> { get }
    /// The first `count` of them with others behind, in memory of the same kind; `nil` where no more of it is to be had.
    func keeping(_ count: Int, adding bytes: [UInt8]) -> (any ProtectedBytes)?
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
