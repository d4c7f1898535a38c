internal import COpenSSL
import Model

extension PrivateKey {
    /// AlgorithmIdentifier of signatures by this key. Sources: RFC 5758, section 3.2; RFC 8410, section 3; RFC 4055,
    /// section 5.
    var signatureAlgorithm: [UInt8] {
        get throws(CredentialsError) {
            switch kind {
            case .p384: DER.sequence(DER.object([1, 2, 840, 10045, 4, 3, 3]))
            case .p256: Self.ecdsaWithSHA256
            case .ed25519: DER.sequence(DER.object([1, 3, 101, 112]))
            case .rsa:
                DER.sequence(
                    DER.object([1, 2, 840, 113549, 1, 1, 11]), DER.element(DER.Tag.null, []))
            case .other where EVP_PKEY_get_base_id(handle.pointer) == EVP_PKEY_EC: Self.ecdsaWithSHA256
            case .x25519, .other:
                throw .failed(step: "Signing", reason: "keys of the kind \(kind) do not sign here")
            }
        }
    }

    static let ecdsaWithSHA256 = DER.sequence(DER.object([1, 2, 840, 10045, 4, 3, 2]))

    /// What is to be signed, how it was signed, and the signature: the shape of certificates and requests alike.
    func signed(_ body: [UInt8]) throws(CredentialsError) -> [UInt8] {
        DER.sequence(body, try signatureAlgorithm, DER.bitString(try sign(body)))
    }
}
