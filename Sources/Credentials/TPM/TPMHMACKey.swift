internal import CTPM

/// A key for HMAC-SHA-256 that came from a service and that this TPM alone can use; nobody sees it in clear.
///
/// Nothing of it is kept in the TPM: `blob` is the key, to be stored by the caller and given back.
package struct TPMHMACKey: Sendable {
    /// Of use to the TPM that opened it alone.
    package let blob: [UInt8]
    package let tpm: TPM

    private static let form = TPMObjectBlob("MTH1")

    /// The longest text that is signed.
    package static let limitBytes = CTPM_HMAC_LIMIT_BYTES

    /// A key that was stored, without connecting: another TPM's is told by its first use.
    ///
    /// - Throws: `badKeyBlob`.
    package init(_ blob: [UInt8], in tpm: TPM) throws(TPMError) {
        guard Self.form.object(blob) != nil else { throw .badKeyBlob }
        self.blob = blob
        self.tpm = tpm
    }

    fileprivate init(_ object: inout ctpm_object, in tpm: TPM) {
        blob = Self.form.bytes(of: &object)
        self.tpm = tpm
    }

    /// The 32 bytes of HMAC-SHA-256, made in the TPM.
    ///
    /// - Throws: `notItsOwn`, `badKeyBlob`, `tooLong`, or why the TPM cannot be used.
    package func hmacSHA256(_ message: [UInt8]) throws(TPMError) -> [UInt8] {
        guard message.count <= Self.limitBytes else {
            throw .tooLong(bytes: message.count, limit: Self.limitBytes)
        }
        guard var object = Self.form.object(blob) else { throw .badKeyBlob }
        var code = [UInt8](repeating: 0, count: CTPM_HMAC_BYTES)
        let result = ctpm_hmac(tpm.address.text, &object, message, message.count, &code)
        if result.outcome == CTPM_MALFORMED { throw .badKeyBlob }
        try tpm.check(result)
        return code
    }
}

extension TPM {
    /// Opens a key that a service closed for this TPM.
    ///
    /// - Throws: `sealedForAnother`, `sealedKeyDamaged`, `noEndorsementKey`, or why the TPM cannot be used.
    package func open(_ sealed: TPMSealedKey) throws(TPMError) -> TPMHMACKey {
        var object = ctpm_object()
        let result = sealed.withChallenge { ctpm_open_challenge(address.text, &$0, &object) }
        switch result.outcome {
        case CTPM_NOT_ITS_OWN: throw .sealedForAnother
        case CTPM_MALFORMED: throw .sealedKeyDamaged
        default: try check(result)
        }
        return TPMHMACKey(&object, in: self)
    }
}

extension TPMSealedKey {
    fileprivate func withChallenge<Result>(_ use: (inout ctpm_challenge) -> Result) -> Result {
        identityObject.withUnsafeBufferPointer { identity in
            encryptedSecret.withUnsafeBufferPointer { secret in
                duplicate.withUnsafeBufferPointer { duplicate in
                    importSeed.withUnsafeBufferPointer { seed in
                        publicArea.withUnsafeBufferPointer { area in
                            var challenge = ctpm_challenge(
                                identity_object: identity.baseAddress, encrypted_secret: secret.baseAddress,
                                duplicate: duplicate.baseAddress, import_seed: seed.baseAddress,
                                public_area: area.baseAddress, identity_object_count: identity.count,
                                encrypted_secret_count: secret.count, duplicate_count: duplicate.count,
                                import_seed_count: seed.count, public_area_count: area.count)
                            return use(&challenge)
                        }
                    }
                }
            }
        }
    }
}
