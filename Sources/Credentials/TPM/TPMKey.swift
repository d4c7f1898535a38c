internal import CTPM
import Model

/// A key that a TPM holds, as what signs outside of the library. TLS signs by the library's way to the same key.
struct TPMKey: KeyHolder {
    let tpm: TPM
    let object: ctpm_object
    let kind: KeyKind
    let reference: String

    var place: KeyPlace { .tpm(tpm.address) }

    func signature(over bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
        let digest = kind == .p384 ? Digest.sha384(bytes) : Digest.sha256(bytes)
        var signature = [UInt8](repeating: 0, count: 512)
        var (object, count) = (object, 0)
        let result = ctpm_sign(tpm.address.text, &object, digest, digest.count, &signature, &count)
        do throws(TPMError) { try tpm.check(result) } catch { throw .keyNotReached(error.explanation) }
        return Array(signature.prefix(count))
    }
}

extension PrivateKey {
    /// Whether a TPM holds it: it signs there, and `pem` gives what that TPM alone can use.
    package var isInTPM: Bool { if case .tpm = place { true } else { false } }
}
