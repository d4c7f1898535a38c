/// The public half of a key that an operator signs operations with, as the registrar knows it.
package struct OperatorKey: Codable, Equatable, Sendable {
    package var keyID: OperatorKeyID
    package var operatorID: OperatorID
    /// Ed25519, 32 bytes in base64url.
    package var publicKey: String
    package var from: Timestamp
    /// From this moment on nothing that it signed is taken; absent while it has no end.
    package var until: Timestamp?
    /// Whether it was ended by a person, and not by its time.
    package var revoked: Bool

    package init(
        keyID: OperatorKeyID, operatorID: OperatorID, publicKey: String, from: Timestamp,
        until: Timestamp? = nil, revoked: Bool = false
    ) {
        self.keyID = keyID
        self.operatorID = operatorID
        self.publicKey = publicKey
        self.from = from
        self.until = until
        self.revoked = revoked
    }
}

/// A new key that an operator wants to sign with, and the proof that the sender has its private half.
package struct OperatorKeyOffer: Codable, Equatable, Sendable {
    /// Ed25519, 32 bytes in base64url.
    package var publicKey: String
    /// The key's signature over `provenBytes`, in base64url.
    package var proof: String

    package init(publicKey: String, proof: String) {
        self.publicKey = publicKey
        self.proof = proof
    }

    /// What the proof signs: for whom and where, so that nobody offers another's key as their own.
    package static func provenBytes(_ operatorID: OperatorID, at registrar: RegistrarID) -> [UInt8] {
        Array("muster operator key v1\0\(registrar)\0\(operatorID)".utf8)
    }
}
