import CommandTable
import Credentials
import HTTPClient
import Model
import Registrar
import Store
import Sync
import Wire

/// The registrars that a store is paired with: pairing, choosing, and the ways to reach them.
struct CompanionRegistrars: Sendable {
    let companion: Companion

    init(_ companion: Companion) {
        self.companion = companion
    }

    /// Keeps what a pairing file says and makes it the active session.
    ///
    /// `url`: `nil` for the embedded registrar.
    func adopt(_ pairing: Pairing, url: String?, until: Timestamp? = nil) async throws {
        let now = companion.surroundings.now()
        let profile = RegistrarProfile(
            registrar: pairing.registrar, name: pairing.name, url: url,
            certificateAuthority: url == nil ? nil : pairing.certificateAuthority,
            receiptKeys: pairing.receiptKeys, sealingKeyID: pairing.sealingKeyID,
            sealingKey: pairing.sealingKey)
        try await companion.store.saveRegistrar(profile, at: now)
        try await save(pairing, until: until, at: now)
        let owner = VaultOwner(pairing.registrar, pairing.operatorID)
        try await OperatorKeys(companion, owner).prepare()
        for catalogue in pairing.catalogues {
            let known = try await companion.store.pulledAt(pairing.registrar, catalogue.tenant.tenantID)
            guard known == nil else { continue }
            // Lists to choose from until the first sync, which starts at the beginning.
            try await companion.store.apply(
                Changes(
                    devices: [], removedDevices: [], catalogue: catalogue, nextCursor: "", more: true,
                    serverTime: now),
                registrar: pairing.registrar, tenant: catalogue.tenant.tenantID, at: now)
            try await companion.store.resetCatalogue(pairing.registrar, catalogue.tenant.tenantID)
        }
    }

    /// Keeps the session, its token in the operator's vault where that is open.
    private func save(_ pairing: Pairing, until: Timestamp?, at now: Timestamp) async throws {
        let owner = VaultOwner(pairing.registrar, pairing.operatorID)
        let isSealed = companion.vaults.isOpen(owner)
        let sealed =
            isSealed
            ? try companion.vaults.seal(
                Array(pairing.token.utf8), as: VaultDesk.SecretName.token, of: owner) : nil
        try await companion.store.saveSession(
            Session(
                registrar: pairing.registrar, operatorID: pairing.operatorID,
                token: isSealed ? nil : Redacted(pairing.token), until: until), sealed: sealed, at: now)
        companion.vaults.replaceToken(isSealed ? Redacted(pairing.token) : nil, of: owner)
    }

    /// The way to a registrar.
    func transport(to profile: RegistrarProfile) throws(NoTransport) -> any Transport {
        do {
            guard let url = profile.url else {
                let registrar = try EmbeddedRegistrar(companion).open()
                return EmbeddedTransport { await registrar.handle($0) }
            }
            return try TabletTransport(
                store: companion.store, registrar: profile.registrar, address: url,
                certificateAuthority: profile.certificateAuthority ?? "")
        } catch { throw NoTransport(CommandFailure(error).explanation) }
    }

    /// A client of the active session, for questions with immediate answers.
    func client() async throws -> RegistrarClient {
        let (session, profile) = try await companion.session()
        try await companion.openVault(session)
        let transport: any Transport
        do throws(NoTransport) { transport = try self.transport(to: profile) } catch {
            throw CommandFailure(.failed, error.explanation)
        }
        return RegistrarClient(transport: transport, token: companion.vaults.token(session))
    }

    /// The payload of a receipt that one of the registrar's pinned keys signed; `nil` for anything else.
    @Sendable static func verifiedPayload(_ profile: RegistrarProfile, _ receipt: String) -> [UInt8]? {
        var keys: [String: VerifyingKey] = [:]
        for (id, text) in profile.receiptKeys {
            if let raw = Base64.decodeURL(text), let key = try? VerifyingKey(raw: raw) { keys[id] = key }
        }
        return try? JWS.verify(receipt, keys: keys, type: Receipt.type)
    }
}
