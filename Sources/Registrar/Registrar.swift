package import Credentials
package import Model
import Processes
package import RegistrarCore
import RegistrarStore
import Targets
import Wire

/// A registrar as a service: requests in, responses out, the same in process and over HTTPS.
package final class Registrar: Sendable {
    package let registrar: RegistrarID
    package let name: String
    let keys: RegistrarKeys
    let keyFiles: KeyFiles
    let store: RegistrarStore
    let environment: RegistrarEnvironment
    /// The API document that `/v1/openapi.json` answers with; empty when none is installed.
    let apiDocument: [UInt8]
    let policy: SigningPolicy
    /// Life of a sign-in's token.
    let sessionSeconds: Int64
    let passwords = PasswordDesk()
    let waiting = Turnstile()
    let statusDesk = StatusDesk()
    let desk: TargetDesk

    /// Makes a registrar in a directory: keys, authorities, an empty database.
    ///
    /// A new issuing key is P-256 unless its kind is named; one that is in a token already is as it is.
    ///
    /// - Throws: `store(.exists)` when there is one already, and nothing of it changes.
    package static func make(
        directory: String, name: String, environment: RegistrarEnvironment,
        passphrase: SecretBytes? = nil, issuingKey: KeyPlace = .file, issuingKeyKind: KeyKind? = nil
    ) throws(RegistrarError) {
        // The database is written last: where it is, the keys are whole.
        let known: Bool
        do {
            known = try RegistrarStore.exists(directory: directory)
        } catch { throw .store(error) }
        if known { throw .store(.exists(directory: directory)) }
        _ = try RegistrarKeys.make(
            in: directory, name: name, environment: environment, passphrase: passphrase,
            issuingKey: issuingKey, kind: issuingKeyKind)
        do {
            try RegistrarStore.make(
                directory: directory,
                registrar: RegistrarID(trusted: "r-" + Hexadecimal.encode(environment.random(8))), name: name,
                at: environment.now(), digest: Digest.sha256)
        } catch { throw .store(error) }
    }

    /// Opens the registrar of a directory.
    package init(
        directory: String, environment: RegistrarEnvironment, apiDocument: [UInt8] = [],
        passphrase: SecretBytes? = nil, policy: SigningPolicy = SigningPolicy(),
        sessionSeconds: Int64 = SignInRules.sessionSeconds
    ) throws(RegistrarError) {
        do { store = try RegistrarStore(directory: directory, digest: Digest.sha256) } catch {
            throw .store(error)
        }
        keyFiles = KeyFiles(directory: directory, passphrase: passphrase)
        keys = try RegistrarKeys(in: directory, passphrase: passphrase)
        desk = TargetDesk(
            store, now: environment.now,
            TargetSurroundings(variables: environment.variables, keySeed: keys.claimCode))
        registrar = store.registrar
        name = store.name
        self.environment = environment
        self.apiDocument = apiDocument
        self.policy = policy
        self.sessionSeconds = sessionSeconds
    }

    /// Whether the directory has a registrar.
    package static func exists(directory: String) throws(RegistrarError) -> Bool {
        do { return try RegistrarStore.exists(directory: directory) } catch { throw .store(error) }
    }

    /// Whether every secret key of the directory's registrar is sealed under a passphrase.
    package static func areKeysSealed(directory: String) throws(RegistrarError) -> Bool {
        try KeyFiles(directory: directory, passphrase: nil).areSealed()
    }

    /// Seals the keys of the directory's registrar under a passphrase.
    package static func sealKeys(
        directory: String, passphrase: SecretBytes
    ) throws(RegistrarError) {
        var files = KeyFiles(directory: directory, passphrase: passphrase)
        try files.sealAll()
    }

    /// Takes the seal off the keys of the directory's registrar.
    package static func unsealKeys(
        directory: String, passphrase: SecretBytes
    ) throws(RegistrarError) {
        var files = KeyFiles(directory: directory, passphrase: passphrase)
        try files.unsealAll()
    }

    /// Whoever may read the registrar's files may administer it; the audit chain calls that person so.
    package static let localAdministrator = Operator(
        operatorID: OperatorID(trusted: "local"), name: "On the registrar's machine", role: .admin,
        tenants: []
    )

    /// Gives up tombstones that no tablet asks for any more.
    package func forgetOldTombstones() async throws(RegistrarError) {
        do { try await store.forgetOldTombstones(at: environment.now()) } catch { throw .store(error) }
    }

    /// How many entries the audit chain has, and the first that is broken or missing.
    package func verifyAudit() async throws(RegistrarError) -> (entries: Int, broken: Int?) {
        do { return try await store.verifyAudit() } catch { throw .store(error) }
    }
}
