/// An operation as exact bytes: what the store keeps, the wire carries and the hash binds.
package struct FrozenOperation: Equatable, Sendable {
    package let operation: Operation
    /// Canonical JSON of the operation when it was frozen; never written anew.
    package let payload: [UInt8]
    package let payloadHash: PayloadHash

    /// Freezes an operation.
    ///
    /// - Throws: `EncodingError`, which a value made of text and integers does not cause.
    package init(_ operation: Operation, digest: DigestFunction) throws {
        self.operation = operation
        payload = try CanonicalJSON.encode(operation)
        payloadHash = PayloadHash(digest: digest(payload))
    }

    /// Reads the bytes of an operation that was frozen elsewhere or earlier.
    ///
    /// - Throws: `DecodingError`, naming what is missing or of the wrong kind.
    package init(payload: [UInt8], digest: DigestFunction) throws {
        operation = try CanonicalJSON.decode(Operation.self, from: payload)
        self.payload = payload
        payloadHash = PayloadHash(digest: digest(payload))
    }
}
