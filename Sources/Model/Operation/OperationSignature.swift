/// The signature of the operator who acted over the frozen bytes of an operation. It travels beside them.
package struct OperationSignature: Codable, Equatable, Sendable {
    package var keyID: OperatorKeyID
    /// Ed25519, 64 bytes in base64url.
    package var value: String

    package init(keyID: OperatorKeyID, value: String) {
        self.keyID = keyID
        self.value = value
    }

    private static let domain = Array("muster operation v1\0".utf8)

    /// What is signed: a name of its purpose, then the frozen bytes. So the key signs nothing that means something elsewhere.
    package static func signedBytes(_ payload: [UInt8]) -> [UInt8] { domain + payload }
}

/// Signs the operations of one operator at the moment they are accepted. It cannot print its key.
package struct OperationSigner: Sendable {
    package let operatorID: OperatorID
    package let keyID: OperatorKeyID
    private let sign: @Sendable ([UInt8]) throws -> [UInt8]

    /// `sign`: Ed25519 over the bytes given, 64 bytes.
    package init(
        operatorID: OperatorID, keyID: OperatorKeyID, sign: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.operatorID = operatorID
        self.keyID = keyID
        self.sign = sign
    }

    /// The signature of an operation that this signer's operator made; `nil` for another's, which she cannot sign.
    package func signature(of frozen: FrozenOperation) throws -> OperationSignature? {
        guard frozen.operation.operatorID == operatorID else { return nil }
        let bytes = try sign(OperationSignature.signedBytes(frozen.payload))
        return OperationSignature(keyID: keyID, value: Base64.encodeURL(bytes))
    }
}
