import Credentials
import HTTPServer
import Model
import Registrar
import Store
import Sync
import SyncCore
import Synchronization
import Testing
import Wire

/// Saved work reaches the registrar, and comes back as receipts.
@Suite struct SendingTests {
    @Test func `a run that drains confirms everything, in the order of each device`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1", "NL-2", "NL-3")
        let summary = await fixture.sync(fixture.transport())
        #expect(summary == SyncSummary(confirmed: 6))
        #expect(try await fixture.states() == [.applied])
        #expect(try await fixture.devices().count == 3)
        for device in try await fixture.store.findDevices("NL-") {
            #expect(device.state == .claimed && device.openOperations == 0 && device.deviceID != nil)
        }
        try await fixture.store.verifyConservation()
    }

    @Test func `a run with nothing to send reaches the registrar and sends nothing`() async throws {
        let fixture = try await SyncFixture()
        #expect(await fixture.sync(fixture.transport()) == SyncSummary())
        #expect(fixture.log.submissions.isEmpty && !fixture.log.all.isEmpty)
    }

    @Test func `news and counts are told while it runs`() async throws {
        let fixture = try await SyncFixture()
        let ids = try await fixture.save("NL-1")
        let told = Mutex<[SyncProgress]>([])
        _ = await fixture.syncer(fixture.transport()).run(until: .drained(patience: .zero)) { progress in
            told.withLock { $0.append(progress) }
        }
        let confirmed = told.withLock { $0 }.flatMap(\.news).compactMap { news -> OperationID? in
            if case .confirmed(let id, _) = news { id } else { nil }
        }
        #expect(confirmed == ids)
        #expect(told.withLock { $0.last?.confirmed } == 2)
    }

    @Test func `over HTTPS it is the same`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1", "NL-2")
        let server = try fixture.registrar.serve(
            Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["127.0.0.1"]))
        let transport = try HTTPTransport(
            address: "https://127.0.0.1:\(server.port)",
            certificateAuthority: fixture.pairing.certificateAuthority)
        #expect(await fixture.sync(transport) == SyncSummary(confirmed: 4))
        #expect(try await fixture.states() == [.applied])
        await server.stop()

        // The same server gone: nothing is lost, and all of it goes once the server is back.
        try await fixture.save("NL-3")
        let away = await fixture.sync(transport)
        #expect(!away.reached && away.confirmed == 0 && away.saved == 2)
        #expect(away.problems.map(\.id) == ["registrar_unreachable"])
        let back = try fixture.registrar.serve(
            Registrar.Listening(address: "127.0.0.1", port: server.port, hostNames: ["127.0.0.1"]))
        #expect(await fixture.sync(transport) == SyncSummary(confirmed: 2))
        await back.stop()
    }

    @Test func `a server of another authority gets nothing`() async throws {
        let (fixture, stranger) = (try await SyncFixture(), try await SyncFixture())
        try await fixture.save("NL-1")
        let server = try stranger.registrar.serve(
            Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["127.0.0.1"]))
        let transport = try HTTPTransport(
            address: "https://127.0.0.1:\(server.port)",
            certificateAuthority: fixture.pairing.certificateAuthority)
        let summary = await fixture.sync(transport)
        #expect(!summary.reached && summary.problems.map(\.id) == ["registrar_not_trusted"])
        await server.stop()
    }

    @Test func `lists and devices of the tenant come, and what leaves it goes`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        _ = await fixture.sync(fixture.transport())
        let registrar = fixture.profile.registrar
        #expect(try await fixture.store.sites(registrar).map(\.siteID) == [SyncFixture.oslo])
        #expect(try await fixture.store.products(registrar).map(\.productID) == [SyncFixture.lamp])
        #expect(try await fixture.store.tenants(registrar).map(\.name) == ["Acme"])

        // The desk adds a site, and another tablet claims one device.
        let hall = Site(siteID: SiteID(trusted: "hall"), tenant: SyncFixture.acme, name: "Hall")
        try await SyncFixture.add([hall], to: .sites, of: fixture.registrar)
        let desk = Desk(fixture)
        try await desk.submit(desk.claim("NL-9"), "NL-9", 1)
        fixture.clock.advance(seconds: 3600)
        _ = await fixture.sync(fixture.transport())
        #expect(try await fixture.store.sites(registrar).count == 2)
        #expect(try await fixture.store.findDevices("NL-9").first?.state == .claimed)

        // It is released: the tablet forgets it, and keeps its own.
        try await desk.submit(.release(.init(reason: "sold")), "NL-9", 2)
        fixture.clock.advance(seconds: 3600)
        _ = await fixture.sync(fixture.transport())
        #expect(try await fixture.store.findDevices("NL-9").isEmpty)
        #expect(try await fixture.store.findDevices("NL-1").count == 1)
    }
}

/// Another tablet of the same operator, reduced to its requests.
struct Desk {
    let fixture: SyncFixture

    init(_ fixture: SyncFixture) {
        self.fixture = fixture
    }

    func claim(_ serial: String) -> OperationBody {
        .claim(.init(identity: DeviceIdentity(product: SyncFixture.lamp, fields: ["serial": serial])))
    }

    func submit(_ body: OperationBody, _ serial: String, _ sequence: Int) async throws {
        let operation = Operation(
            operationID: OperationID(
                milliseconds: fixture.clock.wall().milliseconds,
                random: Array(repeating: UInt8(sequence), count: 10)),
            body: body, tenant: SyncFixture.acme, site: SyncFixture.oslo,
            lane: .serial(serial, of: SyncFixture.lamp), laneSequence: sequence, operatorID: SyncFixture.jo,
            store: StoreReference(storeID: StoreID(trusted: "desk"), epoch: 1),
            capturedAt: CaptureTime(wall: fixture.clock.wall(), bootID: "b", monotonicMilliseconds: 0),
            summary: "\(body.kind.rawValue) \(serial)")
        let item = Submission.Item(try FrozenOperation(operation, digest: Digest.sha256))
        let body = try CanonicalJSON.encode(Submission(operations: [item]))
        let response = await fixture.registrar.handle(
            Route.submitOperations.request(token: Redacted(fixture.pairing.token), body: body))
        let reply = try CanonicalJSON.decode(SubmissionReply.self, from: response.body)
        try #require(reply.results.first?.receipt != nil, "\(reply.results)")
    }
}
