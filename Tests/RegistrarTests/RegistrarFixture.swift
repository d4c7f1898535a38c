import Credentials
import Foundation
import Model
import Processes
import Registrar
import RegistrarCore
import Synchronization
import TestSupport
import Testing
import Wire

/// A registrar of its own in a temporary directory, with two tenants, and the means to talk to it.
final class RegistrarFixture: Sendable {
    let directory: TemporaryDirectory
    let registrar: Registrar
    let world: RegistrarWorld
    private let counter = Mutex(0)
    let hello: Hello
    /// A person of each tenant: support of acme, installer of acme, support of zebra, an administrator.
    let tokens: [String: Redacted<String>]

    static let acme = TenantID(trusted: "acme")
    static let zebra = TenantID(trusted: "zebra")
    static let oslo = SiteID(trusted: "oslo-1")
    static let product = ProductID(trusted: "nl-ls1")

    static let document: [UInt8] = {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Assets/openapi.json")
        return (try? Data(contentsOf: url)).map { [UInt8]($0) } ?? []
    }()

    /// `now`: where the clock stands at first.
    init(issuingKey: KeyPlace = .file, now: Timestamp = RegistrarWorld.start) async throws {
        world = RegistrarWorld(now: now)
        directory = try TemporaryDirectory()
        let path = directory.path + "/registrar"
        let environment = world.environment
        try Registrar.make(
            directory: path, name: "Test registrar", environment: environment,
            issuingKey: issuingKey)
        registrar = try Registrar(directory: path, environment: environment, apiDocument: Self.document)
        let admin = registrar
        func add<Item: Codable & Equatable & Sendable, Added: Codable & Equatable & Sendable>(
            _ items: [Item], to collection: Route.Collection, as: Added.Type
        ) async throws -> [Added] {
            let request = Route.add(collection).request(body: try CanonicalJSON.encode(Items(items: items)))
            let response = await admin.handle(request, by: Registrar.localAdministrator)
            return try CanonicalJSON.decode(Items<Added>.self, from: response.body).items
        }
        _ = try await add(
            [Tenant(tenantID: Self.acme, name: "Acme"), Tenant(tenantID: Self.zebra, name: "Zebra")],
            to: .tenants, as: Tenant.self)
        _ = try await add(
            [Self.acme, Self.zebra].map { Site(siteID: Self.oslo, tenant: $0, name: "Oslo") }, to: .sites,
            as: Site.self)
        _ = try await add(
            [Product(productID: Self.product, name: "Soil sensor", admission: .open)], to: .products,
            as: Product.self)
        func person(_ id: String, _ role: Role, _ tenants: [TenantID]) -> Operator {
            Operator(operatorID: OperatorID(trusted: id), name: id, role: role, tenants: tenants)
        }
        let issued = try await add(
            [
                person("support", .support, [Self.acme]), person("installer", .installer, [Self.acme]),
                person("zoe", .support, [Self.zebra]), person("admin", .admin, []),
                person("auditor", .auditor, [Self.acme]),
            ], to: .operators, as: IssuedOperator.self)
        tokens = Dictionary(
            uniqueKeysWithValues: issued.map { ($0.operator.operatorID.rawValue, Redacted($0.token)) })
        hello = try CanonicalJSON.decode(
            Hello.self, from: await registrar.handle(Route.hello.request()).body)
    }

    /// The bytes of one of the registrar's files.
    func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: directory.path + "/registrar/" + name)))
    }

    // MARK: Operations

    func operation(
        _ body: OperationBody, of serial: String, by person: String = "support",
        tenant: TenantID = acme, sequence: Int = 1, store: String = "s-1", id: OperationID? = nil
    ) throws -> FrozenOperation {
        let number = counter.withLock { count -> Int in
            count += 1
            return count
        }
        let operation = Operation(
            operationID: id
                ?? OperationID(
                    milliseconds: Int64(number), random: Array(repeating: UInt8(number % 256), count: 10)),
            body: body, tenant: tenant, site: Self.oslo, lane: .serial(serial, of: Self.product),
            laneSequence: sequence, operatorID: OperatorID(trusted: person),
            store: StoreReference(storeID: StoreID(trusted: store), epoch: 1),
            capturedAt: CaptureTime(
                wall: Timestamp(milliseconds: 0), bootID: "b", monotonicMilliseconds: 0),
            summary: "\(body.kind.rawValue) \(serial)")
        return try FrozenOperation(operation, digest: Digest.sha256)
    }

    func claim(_ serial: String) -> OperationBody {
        .claim(
            OperationBody.Claim(
                identity: DeviceIdentity(product: Self.product, fields: ["serial": serial])))
    }

    func ask(_ route: Route, as person: String = "support", body: [UInt8] = []) async -> APIResponse {
        await registrar.handle(route.request(token: tokens[person], body: body))
    }

    func get<Reply: Decodable>(_ route: Route, as person: String = "support") async throws -> Reply {
        let response = await ask(route, as: person)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try CanonicalJSON.decode(Reply.self, from: response.body)
    }

    func submit(_ operations: [FrozenOperation], by person: String = "support") async throws
        -> [OperationResult]
    {
        let body = try CanonicalJSON.encode(Submission(operations: operations.map { Submission.Item($0) }))
        let response = await ask(.submitOperations, as: person, body: body)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try CanonicalJSON.decode(SubmissionReply.self, from: response.body).results
    }

    func submit(_ operation: FrozenOperation, by person: String = "support") async throws -> OperationResult {
        try #require(try await submit([operation], by: person).first)
    }

    /// The receipt of a result, after its signature was verified with the keys of `hello`.
    func receipt(_ result: OperationResult) throws -> Receipt {
        let text = try #require(result.receipt, "\(result.problem?.code ?? "no receipt")")
        var keys: [String: VerifyingKey] = [:]
        for (id, key) in hello.receiptKeys {
            keys[id] = try VerifyingKey(raw: try #require(Base64.decodeURL(key)))
        }
        return try CanonicalJSON.decode(
            Receipt.self, from: try JWS.verify(text, keys: keys, type: Receipt.type))
    }
}

/// A clock that stands still unless told, and bytes that a seed repeats.
///
/// It stands at the second in which the tests began: TLS peers and the `openssl` command judge by the machine's clock.
final class RegistrarWorld: Sendable {
    static let start = Timestamp(milliseconds: SystemClock.now().milliseconds / 1000 * 1000)

    private let now: Mutex<Timestamp>
    private let random = Mutex(SeededRandom(seed: 11))

    init(now: Timestamp = start) {
        self.now = Mutex(now)
    }

    var time: Timestamp { now.withLock { $0 } }

    var environment: RegistrarEnvironment {
        RegistrarEnvironment(
            now: { self.time }, random: { self.bytes($0) },
            pause: { milliseconds in
                self.now.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + milliseconds) }
            })
    }

    func advance(seconds: Int64) {
        now.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }

    private func bytes(_ count: Int) -> [UInt8] {
        random.withLock { random in (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }
    }
}
