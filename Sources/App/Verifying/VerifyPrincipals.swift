import CommandTable
import Credentials
import Model
import Store

/// The key and certificate with which Muster connects in the device's place; only the device's own are taken.
struct VerifyPrincipals {
    /// `nil`: Muster connects without any.
    let identity: TLSIdentity?
    /// Whether the certificate is the one on record for the device.
    let isOnRecord: Bool
    /// Whether the key is one that Muster made and the device has not been given, so that the device cannot be connected by it.
    let areHereAlone: Bool

    /// From `--key` and `--certificate`; by default the certificate on record.
    ///
    /// - Throws: `CommandFailure` with exit code 65 for what cannot be read, does not belong together, or is of another device.
    init(_ companion: Companion, _ device: StoredDevice) async throws {
        let invocation = companion.context.invocation
        let path = invocation.value("key")
        guard let key = try await Self.key(path, companion, device) else {
            guard invocation.value("certificate") == nil else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was sent: a certificate proves nothing without its key.",
                    "Add --key FILE.")
            }
            (identity, isOnRecord, areHereAlone) = (nil, false, false)
            return
        }
        let keyPath = path ?? "the vault"
        areHereAlone = path == nil
        let chain = try Self.chain(invocation.value("certificate"), device)
        do throws(CredentialsError) { identity = try TLSIdentity(chain: chain, key: key) } catch {
            throw Self.unusable(keyPath, error)
        }
        let used = chain.first?.summary
        isOnRecord = try used != nil && device.certificateSummary?.fingerprint == used?.fingerprint
        if let used { try await Self.refuseOthers(used, from: keyPath, than: device, companion) }
    }

    /// The key of the file that is named, or one that Muster made and has not handed over yet; `nil` when there is neither.
    private static func key(
        _ path: String?, _ companion: Companion, _ device: StoredDevice
    ) async throws -> PrivateKey? {
        if let path {
            let text = String(decoding: try InputFile.bytes(path, limit: limitKeyBytes), as: UTF8.self)
            return try key(text, path, companion.context)
        }
        let (session, _) = try await companion.session()
        let holders = try await companion.store.ownersOfSecret(VaultDesk.SecretName.deviceKey(device.lane))
        guard holders.contains(VaultOwner(session)) else { return nil }
        return try await companion.madeKey(nil, for: device.identity, in: device.lane, session)?.key.key
    }

    /// The key of a file, or that of the TPM whose file it is.
    private static func key(_ text: String, _ path: String, _ context: CommandContext) throws -> PrivateKey {
        if TPM.isKeyFile(text) {
            let tpm = try TPMChoice.tpm(context)
            // A TPM that is not there is told by its own error, not by a handshake that failed.
            _ = try tpm.standing()
            return try tpm.key(pem: text)
        }
        do throws(CredentialsError) { return try PrivateKey(pem: Redacted(text)) } catch {
            throw unusable(path, error)
        }
    }

    /// The largest RSA key in PEM is a tenth of it.
    private static let limitKeyBytes = 64 << 10

    private static func chain(_ path: String?, _ device: StoredDevice) throws -> [Certificate] {
        if let path { return try certificates(path) }
        guard let chain = device.certificateChain else {
            throw CommandFailure(
                .badInput, "certificate_missing",
                "Nothing was sent: this store has no certificate of \(device.identity.displayName).",
                "Have one issued with a request of the device (`muster commission --csr FILE`), or give it "
                    + "(--certificate FILE).")
        }
        return try Certificate.chain(pem: chain)
    }

    /// The certificates of a file.
    static func certificates(_ path: String) throws -> [Certificate] {
        let bytes = try InputFile.bytes(path, limit: CertificateFile.limitBytes)
        do throws(CredentialsError) { return try CertificateFile(bytes).certificates } catch {
            throw unusable(path, error)
        }
    }

    private static func unusable(_ path: String, _ error: CredentialsError) -> CommandFailure {
        CommandFailure(
            .badInput, error.explanation.id, "Nothing was sent: `\(path)`: \(error.explanation.what)",
            error.explanation.nextStep)
    }

    /// A proof with the key of another device would be no proof of this one.
    private static func refuseOthers(
        _ used: CertificateSummary, from path: String, than device: StoredDevice, _ companion: Companion
    ) async throws {
        let owners = try await KeyOwners(store: companion.store).names(besides: device.lane)
        if let owner = owners[used.publicKeyHash] {
            throw CommandFailure(
                .badInput, "key_of_another",
                "Nothing was sent: the key in \(path) is that of \(owner), not of \(device.identity.displayName).",
                "Give the key and the certificate of \(device.identity.displayName).")
        }
        guard let known = try device.certificateSummary, known.publicKeyHash != used.publicKeyHash else {
            return
        }
        throw CommandFailure(
            .badInput, "certificate_of_another",
            "Nothing was sent: \(device.identity.displayName) has another key on record than that of \(used.subject).",
            "Give the key and the certificate that the registrar issued last.")
    }
}
