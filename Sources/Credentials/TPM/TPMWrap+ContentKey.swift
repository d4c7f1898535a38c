package import Model

extension ContentKey {
    /// The key under a PIN that the TPM counts.
    package func wrapped(by tpm: TPMWrap, pin: Redacted<[UInt8]>) throws(TPMError) -> [UInt8] {
        try tpm.wrap(exported, pin: pin)
    }

    /// The key that was wrapped.
    package init(_ blob: [UInt8], by tpm: TPMWrap, pin: Redacted<[UInt8]>) throws(TPMError) {
        let bytes = try tpm.unwrap(blob, pin: pin)
        do throws(CredentialsError) { self.init(try SecretBytes(copying: bytes.unredacted)) } catch {
            throw .badWrap
        }
    }
}
