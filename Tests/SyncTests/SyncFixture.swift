import Credentials
import Foundation
import Model
import Registrar
import RegistrarCore
import Store
import Sync
import SyncCore
import Synchronization
import TestSupport
import Testing
import Wire

/// A store that is paired with a registrar of its own, one clock for both, and the way between them in the test's hands.
final class SyncFixture: Sendable {
    let directory: TemporaryDirectory
    let clock = StagedClock()
    let registrar: Registrar
    let pairing: Pairing
    let profile: RegistrarProfile
    let store: Store
    let log = RequestLog()
    private let counter = Mutex(0)

    static let acme = TenantID(trusted: "acme")
    static let oslo = SiteID(trusted: "oslo-1")
    static let lamp = ProductID(trusted: "lamp")
    static let jo = OperatorID(trusted: "jo")

    init() async throws {
        directory = try TemporaryDirectory()
        let random = Mutex(SeededRandom(seed: 5))
        let environment = RegistrarEnvironment(
            now: clock.wall,
            random: { count in
                random.withLock { random in (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                }
            })
        let place = directory.file("registrar")
        try Registrar.make(directory: place, name: "Test registrar", environment: environment)
        registrar = try Registrar(directory: place, environment: environment)
        try await Self.fill(registrar)
        pairing = try await registrar.pairing(for: Self.jo, url: "")
        profile = RegistrarProfile(
            registrar: pairing.registrar, name: pairing.name, url: nil, certificateAuthority: nil,
            receiptKeys: pairing.receiptKeys, sealingKeyID: pairing.sealingKeyID,
            sealingKey: pairing.sealingKey)
        store = try Self.open(directory.file("store"), at: clock.wall())
        try await store.saveRegistrar(profile, at: clock.wall())
        try await signIn(pairing.token)
    }

    static func open(_ directory: String, at now: Timestamp) throws -> Store {
        try Store(
            directory: directory, at: now, makeStoreID: { StoreID(trusted: "tablet-1") },
            digest: Digest.sha256)
    }

    /// Another process's view of the same store.
    func anotherStore() throws -> Store { try Self.open(directory.file("store"), at: clock.wall()) }

    private static func fill(_ registrar: Registrar) async throws {
        try await add([Tenant(tenantID: acme, name: "Acme")], to: .tenants, of: registrar)
        try await add([Site(siteID: oslo, tenant: acme, name: "Oslo")], to: .sites, of: registrar)
        try await add(
            [Product(productID: lamp, name: "Lamp", admission: .open)], to: .products, of: registrar)
        try await add(
            [Operator(operatorID: jo, name: "Jo", role: .support, tenants: [acme])], to: .operators,
            of: registrar)
    }

    static func add<Item: Codable & Equatable & Sendable>(
        _ items: [Item], to collection: Route.Collection, of registrar: Registrar
    ) async throws {
        let body = try CanonicalJSON.encode(Items(items: items))
        let response = await registrar.handle(
            Route.add(collection).request(body: body), by: Registrar.localAdministrator)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
    }

    func signIn(_ token: String) async throws {
        try await store.saveSession(
            Session(registrar: profile.registrar, operatorID: Self.jo, token: Redacted(token)),
            at: clock.wall())
    }

    // MARK: Work

    private func makeID() -> OperationID {
        let number = counter.withLock { number in
            number += 1
            return number
        }
        return OperationID(
            milliseconds: clock.wall().milliseconds,
            random: (0..<10).map { UInt8(number >> (8 * ($0 % 2)) & 0xFF) })
    }

    /// Saves a claim and a note of each device.
    @discardableResult
    func save(_ serials: String..., signer: OperationSigner? = nil) async throws -> [OperationID] {
        var intents: [(OperationID, Intent)] = []
        for serial in serials {
            let identity = DeviceIdentity(product: Self.lamp, fields: ["serial": serial])
            for body in [OperationBody.claim(.init(identity: identity)), .note(.init(text: "hung up"))] {
                intents.append(
                    (
                        makeID(),
                        Intent(
                            body: body, tenant: Self.acme, site: Self.oslo,
                            lane: .serial(serial, of: Self.lamp), identity: identity, operatorID: Self.jo,
                            capturedAt: CaptureTime(
                                wall: clock.wall(), bootID: "boot", monotonicMilliseconds: 1),
                            summary: "\(body.kind.rawValue) \(serial)")
                    ))
            }
        }
        return try await store.accept(intents, signer: signer, at: clock.wall()).map(\.operationID)
    }

    // MARK: Sync

    /// A way to the registrar in this process that `act` may bend.
    func transport(_ act: @escaping StagedTransport.Act = { _, onward in await onward() }) -> StagedTransport
    {
        let registrar = registrar
        return StagedTransport(
            inner: EmbeddedTransport { await registrar.handle($0) }, log: log, clock: clock, act: act)
    }

    func syncer(_ transport: any Transport, store: Store? = nil) -> Syncer {
        Syncer(
            store: store ?? self.store,
            clock: SyncClock(monotonic: clock.monotonic, wall: clock.wall, bootID: "boot"),
            random: SeededRandom(seed: 3), transport: { _ in transport }, verify: Self.verify,
            tick: .milliseconds(1))
    }

    /// One run until nothing can be sent; `patience` is by the staged clock.
    func sync(_ transport: any Transport, store: Store? = nil, patience: Duration = .zero) async
        -> SyncSummary
    {
        await syncer(transport, store: store).run(until: .drained(patience: patience))
    }

    @Sendable private static func verify(_ profile: RegistrarProfile, _ text: String) -> [UInt8]? {
        var keys: [String: VerifyingKey] = [:]
        for (id, key) in profile.receiptKeys {
            if let raw = Base64.decodeURL(key), let key = try? VerifyingKey(raw: raw) { keys[id] = key }
        }
        return try? JWS.verify(text, keys: keys, type: Receipt.type)
    }

    // MARK: What came of it

    func states(_ store: Store? = nil) async throws -> Set<OperationState> {
        Set(try await (store ?? self.store).entries(.all, limit: 1000).map(\.state))
    }

    /// The devices that the registrar has for the tenant.
    func devices() async throws -> [DeviceRecord] {
        let request = Route.changes(cursor: nil, tenant: Self.acme).request(token: Redacted(pairing.token))
        let response = await registrar.handle(request)
        return try CanonicalJSON.decode(Changes.self, from: response.body).devices
    }
}
