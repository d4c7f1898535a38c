internal import CTPM
package import Model

extension TPM {
    /// The public halves by which a service enrols this TPM: of its endorsement key, which no other has, and of the
    /// storage root key, under which it takes what the service gives.
    ///
    /// The RSA keys that are kept at 0x81010001 and 0x81000001; what is not kept there is derived by the TCG's
    /// templates and is the same each time, until the TPM is cleared. Deriving takes a TPM of hardware many seconds.
    ///
    /// - Throws: `noEndorsementKey`, or why the TPM cannot be used.
    package func identity() throws(TPMError) -> Attestation.TPMIdentity {
        var endorsement = ctpm_public()
        var root = ctpm_public()
        try check(ctpm_read_identity(address.text, &endorsement, &root))
        return Attestation.TPMIdentity(
            endorsementKey: Base64.encode(Self.bytes(of: &endorsement)),
            storageRootKey: Base64.encode(Self.bytes(of: &root)))
    }

    private static func bytes(of part: inout ctpm_public) -> [UInt8] {
        let count = part.count
        return withUnsafeBytes(of: &part.bytes) { Array($0.prefix(count)) }
    }
}
