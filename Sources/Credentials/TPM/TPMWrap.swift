internal import CTPM

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
    package func wrap(_ key: SecretBytes, pin: SecretBytes) throws(TPMError) -> [UInt8] {
        precondition(key.count == Self.keyBytes, "a data key has 32 bytes")
        var object = ctpm_object()
        let result = try Self.authorisation(pin).withBytes { authorisation in
            key.withBytes { key in
                ctpm_seal(tpm.address.text, Self.start(authorisation), Self.start(key), &object)
            }
        }
        try tpm.check(result)
        return Self.form.bytes(of: &object)
    }

    /// The key again.
    ///
    /// - Throws: `wrongPIN`, `lockedOut` (also for the right PIN), `notItsOwn`, `badWrap`, or why the TPM cannot be used.
    package func unwrap(_ blob: [UInt8], pin: SecretBytes) throws(TPMError) -> SecretBytes {
        guard var object = Self.form.object(blob) else { throw .badWrap }
        let authorisation = try Self.authorisation(pin)
        var result = ctpm_result()
        let key = try Self.protected(Self.keyBytes) { room in
            authorisation.withBytes { authorisation in
                result = ctpm_unseal(
                    tpm.address.text, &object, Self.start(authorisation),
                    room.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
        }
        if result.outcome == CTPM_MALFORMED { throw .badWrap }
        try tpm.check(result)
        return key
    }

    /// What the TPM takes for the PIN: 32 bytes, of which the last is not zero, as TPMs cut zeros off the end.
    private static func authorisation(_ pin: SecretBytes) throws(TPMError) -> SecretBytes {
        let prefix = Array("muster pin of a tpm".utf8) + [0]
        let text = try protected(prefix.count + pin.count) { room in
            room.copyBytes(from: prefix)
            pin.withBytes {
                UnsafeMutableRawBufferPointer(rebasing: room[prefix.count...]).copyMemory(from: $0)
            }
        }
        return try protected(32) { room in
            text.withBytes { Digest.sha256($0, into: room) }
            room[31] |= 1
        }
    }

    /// Protected memory that is full only for want of memory, which a TPM that is used has no word for.
    private static func protected(
        _ count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(TPMError) -> SecretBytes {
        do throws(CredentialsError) { return try SecretBytes(count: count, write) } catch { throw .badWrap }
    }

    private static func start(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    }
}
