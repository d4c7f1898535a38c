import CommandTable
import Model

/// The public halves of a device's TPM keys, in a file that was written where the TPM is.
enum TPMIdentityFile {
    /// The largest public key of a TPM has some hundred bytes.
    private static let limitBytes = 16 << 10

    /// - Throws: `CommandFailure` with exit code 65 for a file that holds no such keys: told here, and not by a target tomorrow.
    static func read(_ path: String) throws -> Attestation.TPMIdentity {
        let bytes = try InputFile.bytes(path, limit: limitBytes)
        let identity: Attestation.TPMIdentity
        do { identity = try CanonicalJSON.decode(Attestation.TPMIdentity.self, from: bytes) } catch {
            throw unreadable(path, "it must be a JSON object with endorsementKey and storageRootKey")
        }
        let keys =
            [("endorsementKey", identity.endorsementKey)]
            + (identity.storageRootKey.map { [("storageRootKey", $0)] } ?? [])
        for (name, text) in keys where !isPublic(text) {
            throw unreadable(path, "its \(name) must be a TPM2B_PUBLIC in base64")
        }
        return identity
    }

    /// Whether the text is a marshalled TPM2B_PUBLIC: two bytes of size, and as many bytes. Source: TPM 2.0 Library, Part 2,
    /// section 12.2.5.
    private static func isPublic(_ text: String) -> Bool {
        guard let bytes = Base64.decode(text), bytes.count > 2 else { return false }
        return Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2
    }

    private static func unreadable(_ path: String, _ rule: String) -> CommandFailure {
        CommandFailure(
            .badInput, "tpm_identity_unreadable",
            "Nothing was saved: `\(path)` names no keys of a TPM; \(rule).",
            "Write it on the device with `muster key identity`, or have its maker send it.")
    }
}
