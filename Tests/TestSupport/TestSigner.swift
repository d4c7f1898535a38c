package import Credentials
package import Model

/// An operator's key in a test: signs, and offers itself to a registrar.
package struct TestSigner: Sendable {
    package let operatorID: OperatorID
    package let key: SigningKey
    package let publicKey: [UInt8]

    package init(_ person: String) throws {
        operatorID = OperatorID(trusted: person)
        key = try SigningKey.generate()
        publicKey = try key.publicKey
    }

    package var keyID: OperatorKeyID { OperatorKeyID(publicKey: publicKey, digest: Digest.sha256) }

    package var signer: OperationSigner {
        let key = key
        return OperationSigner(operatorID: operatorID, keyID: keyID) { try key.sign($0) }
    }

    /// A signature over the bytes, whoever the operation names.
    package func signature(over payload: [UInt8]) throws -> OperationSignature {
        OperationSignature(
            keyID: keyID,
            value: Base64.encodeURL(try key.sign(OperationSignature.signedBytes(payload))))
    }

    /// `person`: for whom the key is offered, where that is not whose it is.
    package func offer(to registrar: RegistrarID, as person: String? = nil) throws -> OperatorKeyOffer {
        let name = person.map { OperatorID(trusted: $0) } ?? operatorID
        return OperatorKeyOffer(
            publicKey: Base64.encodeURL(publicKey),
            proof: Base64.encodeURL(try key.sign(OperatorKeyOffer.provenBytes(name, at: registrar))))
    }
}
