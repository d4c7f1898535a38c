extension ContentKey {
    /// The key under a PIN that the TPM counts.
    package func wrapped(by tpm: TPMWrap, pin: SecretBytes) throws(TPMError) -> [UInt8] {
        try withSecret { key throws(TPMError) in try tpm.wrap(key, pin: pin) }
    }

    /// The key that was wrapped.
    package init(_ blob: [UInt8], by tpm: TPMWrap, pin: SecretBytes) throws(TPMError) {
        self.init(try tpm.unwrap(blob, pin: pin))
    }
}
