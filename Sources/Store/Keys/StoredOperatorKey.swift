package import Model

/// A key that an operator signs operations with, as it lies in the store.
package struct StoredOperatorKey: Equatable, Sendable {
    package var keyID: OperatorKeyID
    package var owner: VaultOwner
    /// 32 bytes.
    package var publicKey: [UInt8]
    /// The key's signature over `OperatorKeyOffer.provenBytes`.
    package var proof: [UInt8]
    /// PKCS #8 in PEM; `nil` where it lies in the operator's vault.
    package var privateKey: Redacted<String>?
    package var madeAt: Timestamp
    /// When the registrar took the public half; `nil` before that.
    package var registeredAt: Timestamp?

    package init(
        keyID: OperatorKeyID, owner: VaultOwner, publicKey: [UInt8], proof: [UInt8],
        privateKey: Redacted<String>?, madeAt: Timestamp, registeredAt: Timestamp? = nil
    ) {
        self.keyID = keyID
        self.owner = owner
        self.publicKey = publicKey
        self.proof = proof
        self.privateKey = privateKey
        self.madeAt = madeAt
        self.registeredAt = registeredAt
    }

    /// What the registrar is offered.
    package var offer: OperatorKeyOffer {
        OperatorKeyOffer(publicKey: Base64.encodeURL(publicKey), proof: Base64.encodeURL(proof))
    }
}
