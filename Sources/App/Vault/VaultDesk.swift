import Credentials
import Model
import Store
import Synchronization

/// The vaults of a store as this process has them: closed, or open with their keys in protected memory.
///
/// While a vault is open its key seals and opens secrets. A lock drops the key; the token, and what opens the embedded
/// registrar, stay for as long as the process lives, so that what is saved already goes on being sent.
final class VaultDesk: Sendable {
    private let store: Store
    private let surroundings: Surroundings
    private let tpm: @Sendable () throws -> TPM
    private let state = Mutex(State())

    private struct State {
        var keys: [VaultOwner: ContentKey] = [:]
        var tokens: [VaultOwner: Redacted<String>] = [:]
        /// Under which the keys of the embedded registrar lie sealed.
        var registrarPassphrase: SecretBytes?
    }

    /// The secrets of an operator that Muster itself names.
    enum SecretName {
        static let token = "token"
        static let registrarPassphrase = "registrar-passphrase"
        /// The private half of the key that the operator signs with.
        static let operatorKey = "operator-key"

        static func deviceKey(_ lane: DeviceIdentifier) -> String { "device-key/\(lane.rawValue)" }

        /// What opens a device's symmetric key.
        static func returnKey(_ lane: DeviceIdentifier) -> String { "return-key/\(lane.rawValue)" }
    }

    init(store: Store, surroundings: Surroundings, tpm: @escaping @Sendable () throws -> TPM) {
        self.store = store
        self.tpm = tpm
        self.surroundings = surroundings
    }

    // MARK: Opening and closing

    func isOpen(_ owner: VaultOwner) -> Bool { state.withLock { $0.keys[owner] != nil } }

    /// Opens a vault with its passphrase, or with its PIN, which the TPM counts.
    func open(_ owner: VaultOwner, _ typed: SecretBytes) async throws {
        guard let vault = try await store.vault(owner) else { throw VaultError.none(owner.operatorID) }
        let wrapping = try VaultWrapping(vault.wrapping)
        guard wrapping.isPIN(typed) else { return try await open(owner, vault, wrapping, typed) }
        try await take(try wrapping.key(pin: typed, in: TPMWrap(try tpm())), of: owner)
    }

    /// The try is on the disk before it is made: pulling the battery gives no further one.
    private func open(
        _ owner: VaultOwner, _ vault: StoredVault, _ wrapping: VaultWrapping,
        _ passphrase: SecretBytes
    ) async throws {
        let now = surroundings.now()
        switch VaultRules.verdict(failures: vault.failures, last: vault.lastFailure, now: now) {
        case .mayTry: break
        case .wait(let milliseconds): throw VaultError.wait(seconds: Int((milliseconds + 999) / 1000))
        case .closed: throw VaultError.closed(owner.operatorID)
        }
        let failures = try await store.countVaultTry(owner, at: now)
        let key: ContentKey
        do throws(CredentialsError) {
            key = try wrapping.key(passphrase, of: owner)
        } catch {
            guard case .notGenuine = error else { throw error }
            guard failures < VaultRules.mostFailures else { throw VaultError.closed(owner.operatorID) }
            throw VaultError.wrongPassphrase(triesLeft: VaultRules.triesLeft(failures: failures))
        }
        try await store.forgetVaultTries(owner, at: now)
        try await take(key, of: owner)
    }

    private func take(_ key: ContentKey, of owner: VaultOwner) async throws {
        state.withLock { $0.keys[owner] = key }
        let token = try await secret(SecretName.token, of: owner)
        let passphrase = try await protectedSecret(SecretName.registrarPassphrase, of: owner)
        state.withLock {
            $0.tokens[owner] = token.map { Redacted(String(decoding: $0.unredacted, as: UTF8.self)) }
            if let passphrase { $0.registrarPassphrase = passphrase }
        }
    }

    /// Drops every key.
    func lock() { state.withLock { $0.keys = [:] } }

    // MARK: Making and changing

    /// Makes a vault for the session, with its token and signing key in it, and leaves it open.
    func create(_ session: Session, _ passphrase: SecretBytes) async throws {
        let owner = VaultOwner(session)
        guard try await store.vault(owner) == nil else { throw VaultError.exists(owner.operatorID) }
        let key = try ContentKey.make()
        let wrapping = try VaultWrapping(wrapping: key, passphrase, of: owner, keeping: nil)
        var secrets: [SealedSecret] = []
        if let token = session.token {
            secrets.append(
                try Self.sealed(Array(token.unredacted.utf8), SecretName.token, of: owner, with: key))
        }
        if let pem = try await store.operatorKey(owner)?.privateKey {
            secrets.append(
                try Self.sealed(Array(pem.unredacted.utf8), SecretName.operatorKey, of: owner, with: key))
        }
        try await store.saveVault(
            owner, wrapping: try wrapping.bytes, secrets: secrets, at: surroundings.now())
        try await take(key, of: owner)
    }

    /// Gives an open vault another passphrase; what lies in it is not sealed anew.
    func change(_ owner: VaultOwner, to passphrase: SecretBytes) async throws {
        let old = try await wrapping(of: owner)
        let new = try VaultWrapping(wrapping: try key(of: owner), passphrase, of: owner, keeping: old)
        try await store.rewrapVault(owner, wrapping: try new.bytes, at: surroundings.now())
    }

    /// Gives an open vault a PIN that the TPM of this machine guards, or takes it away.
    func setPIN(_ pin: SecretBytes?, of owner: VaultOwner) async throws {
        var wrapping = try await wrapping(of: owner)
        try wrapping.setPIN(pin, of: try key(of: owner), in: TPMWrap(try tpm()))
        try await store.rewrapVault(owner, wrapping: try wrapping.bytes, at: surroundings.now())
    }

    private func wrapping(of owner: VaultOwner) async throws -> VaultWrapping {
        guard let vault = try await store.vault(owner) else { throw VaultError.none(owner.operatorID) }
        return try VaultWrapping(vault.wrapping)
    }

    /// Takes a vault away with everything in it.
    func destroy(_ owner: VaultOwner) async throws {
        try await store.removeVault(owner, at: surroundings.now())
        state.withLock {
            $0.keys[owner] = nil
            $0.tokens[owner] = nil
        }
    }

    // MARK: Secrets

    /// The token of a session: out of the vault when it is or was open here.
    ///
    /// `nil` once it has ended.
    func token(_ session: Session) -> Redacted<String>? {
        guard !session.hasEnded(at: surroundings.now()) else { return nil }
        return session.token ?? state.withLock { $0.tokens[VaultOwner(session)] }
    }

    /// The token of a new sign-in takes the place of the one that was read.
    func replaceToken(_ token: Redacted<String>?, of owner: VaultOwner) {
        state.withLock { $0.tokens[owner] = token }
    }

    /// That of the embedded registrar's keys, when it is or was open here.
    var registrarPassphrase: SecretBytes? { state.withLock { $0.registrarPassphrase } }

    /// Keeps a passphrase for the embedded registrar's keys in an open vault, before anything is sealed under it.
    func keepRegistrarPassphrase(_ passphrase: SecretBytes, of owner: VaultOwner) async throws {
        let name = SecretName.registrarPassphrase
        let bytes = try key(of: owner).seal(passphrase, name: Self.fullName(name, owner))
        let sealed = SealedSecret(owner: owner, name: name, sealed: try CanonicalJSON.encode(bytes))
        try await store.saveSecrets([sealed], at: surroundings.now())
        state.withLock { $0.registrarPassphrase = passphrase }
    }

    /// - Throws: `locked`.
    func seal(_ bytes: [UInt8], as name: String, of owner: VaultOwner) throws -> SealedSecret {
        try Self.sealed(bytes, name, of: owner, with: try key(of: owner))
    }

    /// A secret of an open vault; `nil` when there is none of that name.
    ///
    /// - Throws: `locked`; `damaged` for one that was changed.
    func secret(_ name: String, of owner: VaultOwner) async throws -> Redacted<[UInt8]>? {
        let key = try key(of: owner)
        guard let stored = try await store.secret(name, of: owner) else { return nil }
        do {
            let sealed = try CanonicalJSON.decode(SealedBytes.self, from: stored)
            return Redacted(try key.open(sealed, name: Self.fullName(name, owner)))
        } catch { throw VaultError.damaged(name: name) }
    }

    /// The same in protected memory.
    private func protectedSecret(_ name: String, of owner: VaultOwner) async throws -> SecretBytes? {
        let key = try key(of: owner)
        guard let stored = try await store.secret(name, of: owner) else { return nil }
        do {
            let sealed = try CanonicalJSON.decode(SealedBytes.self, from: stored)
            return try key.openSecret(sealed, name: Self.fullName(name, owner))
        } catch { throw VaultError.damaged(name: name) }
    }

    private func key(of owner: VaultOwner) throws -> ContentKey {
        guard let key = state.withLock({ $0.keys[owner] }) else { throw VaultError.locked(owner.operatorID) }
        return key
    }

    private static func sealed(
        _ bytes: [UInt8], _ name: String, of owner: VaultOwner, with key: ContentKey
    ) throws -> SealedSecret {
        let sealed = try key.seal(bytes, name: fullName(name, owner))
        return SealedSecret(owner: owner, name: name, sealed: try CanonicalJSON.encode(sealed))
    }

    /// What a sealed secret is bound to: it cannot be moved to another name or another person's vault.
    private static func fullName(_ name: String, _ owner: VaultOwner) -> String {
        "\(owner.registrar)/\(owner.operatorID)/\(name)"
    }
}
