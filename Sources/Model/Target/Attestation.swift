/// How a device proves itself to its target.
package enum Attestation: Equatable, Sendable {
    /// PKCS #10 certificate request, DER in base64; a certificate comes of it. Source: RFC 2986.
    case certificateRequest(String)
    case tpm(TPMIdentity)
    case symmetricKey(SymmetricKeyWish)

    /// The public halves of a TPM's keys, each a marshalled TPM2B_PUBLIC in base64. Source: TPM 2.0 Library, Part 2,
    /// section 12.2.5.
    package struct TPMIdentity: Codable, Equatable, Sendable {
        package var endorsementKey: String
        package var storageRootKey: String?

        package init(endorsementKey: String, storageRootKey: String? = nil) {
            self.endorsementKey = endorsementKey
            self.storageRootKey = storageRootKey
        }
    }

    /// A key that the target makes and both sides hold. It comes back in the receipt, sealed to `sealTo`.
    package struct SymmetricKeyWish: Codable, Equatable, Sendable {
        /// X25519 public key of the companion, 32 bytes in base64url.
        package var sealTo: String

        package init(sealTo: String) {
            self.sealTo = sealTo
        }

        /// The HPKE `info` of the key that comes back; the operation id is the associated data.
        package static let info = "muster device key v1"
    }
}
