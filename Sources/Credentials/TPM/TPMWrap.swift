internal import CTPM
package import Model

/// A key that a PIN opens and a TPM guards: the TPM counts wrong PINs itself and locks, so a short one is enough.
///
/// What `wrap` gives is sealed by the TPM that made it. An old copy of it, or of all files of the machine, does not
/// set the count back. The PIN goes to the TPM as the key of an HMAC, and the wrapped key comes back encrypted to the
/// session; who changes what goes between the two on the board is not kept out by that.
package struct TPMWrap: Sendable {
    private let tpm: TPM

    package init(_ tpm: TPM) {
        self.tpm = tpm
    }

    /// How many bytes a key has that can be wrapped.
    package static let keyBytes = 32

    private static let form = TPMObjectBlob("MTW1")

    /// Wraps a key of 32 bytes under a PIN.
    package func wrap(
        _ key: Redacted<[UInt8]>, pin: Redacted<[UInt8]>
    ) throws(TPMError) -> [UInt8] {
        precondition(key.unredacted.count == Self.keyBytes, "a data key has 32 bytes")
        var object = ctpm_object()
        try tpm.check(ctpm_seal(tpm.address.text, Self.authorisation(pin), key.unredacted, &object))
        return Self.form.bytes(of: &object)
    }

    /// The key again.
    ///
    /// - Throws: `wrongPIN`, `lockedOut` (also for the right PIN), `notItsOwn`, `badWrap`, or why the TPM cannot be used.
    package func unwrap(_ blob: [UInt8], pin: Redacted<[UInt8]>) throws(TPMError) -> Redacted<[UInt8]> {
        guard var object = Self.form.object(blob) else { throw .badWrap }
        var key = [UInt8](repeating: 0, count: Self.keyBytes)
        let result = ctpm_unseal(tpm.address.text, &object, Self.authorisation(pin), &key)
        if result.outcome == CTPM_MALFORMED { throw .badWrap }
        try tpm.check(result)
        return Redacted(key)
    }

    /// What the TPM takes for the PIN: 32 bytes, of which the last is not zero, as TPMs cut zeros off the end.
    private static func authorisation(_ pin: Redacted<[UInt8]>) -> [UInt8] {
        var bytes = Digest.sha256(Array("muster pin of a tpm".utf8) + [0] + pin.unredacted)
        bytes[31] |= 1
        return bytes
    }
}
