import CommandTable
import Credentials
import Model
import Store

/// A device's key that Muster made, for a device that cannot make its own: it lies in the operator's vault until the device
/// has proven that it has it, and is wiped then.
struct MadeKey {
    let key: PrivateKey
    let request: CertificateRequest

    /// As it is sealed.
    private struct Content: Codable {
        var privateKey: String
        var request: String
    }

    /// The kinds that can be asked for, by their names on the command line; the first is usual.
    static let kinds: KeyValuePairs<String, KeyKind> = [
        "p256": .p256, "p384": .p384, "ed25519": .ed25519, "rsa2048": .rsa(bits: 2048),
        "rsa3072": .rsa(bits: 3072),
    ]

    /// Options of the commands that may make a key.
    static let options: [Command.Option] = [
        .flag(
            "make-key",
            "Make the key of a device that cannot make its own; it lies in the vault until handed over"),
        .init("key-kind", .choice("KIND", kinds.map(\.key)), "With --make-key: the kind; default p256"),
    ]

    /// What the command line asks for; `nil` when it asks for none.
    static func kind(_ invocation: Invocation) -> KeyKind? {
        invocation.has("make-key") ? usualKind(invocation) : nil
    }

    /// The kind to make, whoever wants a key.
    static func usualKind(_ invocation: Invocation) -> KeyKind {
        let name = invocation.value("key-kind")
        return kinds.first { $0.key == name }?.value ?? .p256
    }

    /// The key that lies in an open vault for the device; `nil` when there is none.
    static func load(_ lane: DeviceIdentifier, _ vaults: VaultDesk, _ owner: VaultOwner) async throws
        -> MadeKey?
    {
        let name = VaultDesk.SecretName.deviceKey(lane)
        guard let bytes = try await vaults.secret(name, of: owner) else { return nil }
        do {
            let content = try CanonicalJSON.decode(Content.self, from: bytes.unredacted)
            return MadeKey(
                key: try PrivateKey(pem: Redacted(content.privateKey)),
                request: try CertificateRequest(Base64.decode(content.request) ?? []))
        } catch { throw VaultError.damaged(name: name) }
    }

    /// A new key, and a request with the device's serial as its name.
    static func make(_ kind: KeyKind, for identity: DeviceIdentity) throws -> MadeKey {
        let key = try PrivateKey.generate(kind)
        let name = identity.fields["serial"] ?? identity.lane?.value ?? ""
        return MadeKey(key: key, request: try CertificateRequest.create(key: key, commonName: name))
    }

    /// Sealed, to be saved with the operation that asks for its certificate.
    func sealed(
        for lane: DeviceIdentifier, _ vaults: VaultDesk, _ owner: VaultOwner
    ) throws -> SealedSecret {
        let content = Content(
            privateKey: try key.pem.unredacted, request: Base64.encode(request.der))
        return try vaults.seal(
            try CanonicalJSON.encode(content), as: VaultDesk.SecretName.deviceKey(lane), of: owner)
    }
}

extension Companion {
    /// The device's made key, from the vault, or a new one where `kind` is given.
    ///
    /// - Throws: `VaultError.none` without a vault: a made key never lies open.
    func madeKey(
        _ kind: KeyKind?, for identity: DeviceIdentity, in lane: DeviceIdentifier, _ session: Session
    ) async throws -> (key: MadeKey, isNew: Bool)? {
        let owner = VaultOwner(session)
        guard try await store.vault(owner) != nil else {
            guard kind != nil else { return nil }
            throw VaultError.none(session.operatorID)
        }
        try await openVault(session)
        if let known = try await MadeKey.load(lane, vaults, owner) { return (known, false) }
        guard let kind else { return nil }
        return (try MadeKey.make(kind, for: identity), true)
    }
}
