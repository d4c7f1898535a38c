import Foundation
import Model
import SQLite
import SyncCore
import TestSupport
import Testing
import Wire

@testable import Store

private typealias Fixture = StoreFixture

@Suite struct JobTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }
    private let hub = StoreFixture.registrar
    private static let hall = SiteID(trusted: "hall")
    private static let job = Job(
        jobID: JobID(trusted: "WO-7"), tenant: StoreFixture.acme, site: hall, name: "Hall",
        due: CivilDate(year: 2026, month: 5, day: 1), positionRule: .numbered(pattern: "rack-{n}", start: 1),
        expected: (1...4).map { ExpectedDevice(fields: ["serial": "NL-\($0)"]) })

    init() throws { fixture = try StoreFixture() }

    private func feed(_ jobs: [Job], devices: [DeviceRecord] = [], cursor: String) async throws {
        let catalogue = Catalogue(
            tenant: Tenant(tenantID: Fixture.acme, name: "Acme"), sites: [], products: [], jobs: jobs)
        try await store.apply(
            Changes(
                devices: devices, removedDevices: [], catalogue: catalogue, nextCursor: cursor, more: false,
                serverTime: Fixture.start),
            registrar: hub, tenant: Fixture.acme, at: Fixture.start)
    }

    private func underJob(_ intent: Intent) -> Intent {
        var intent = intent
        intent.job = Self.job.jobID
        intent.registrar = hub
        return intent
    }

    private func claim(_ device: Int, _ id: Int, at position: String? = nil) async throws {
        var intents = [(Fixture.id(id), underJob(Fixture.claim(device)))]
        if let position {
            var place = underJob(Fixture.place(device))
            place.body = .place(.init(site: Self.hall, position: position))
            intents.append((Fixture.id(id + 1), place))
        }
        try await store.accept(intents, at: Fixture.start)
    }

    private func states() async throws -> [JobProgress.LineState] {
        try await store.progress(of: Self.job, registrar: hub).lines.map(\.state)
    }

    @Test func `jobs come with the catalogue, the most urgent first, and closed ones leave with it`()
        async throws
    {
        var later = Self.job
        (later.jobID, later.due) = (JobID(trusted: "WO-1"), nil)
        try await feed([later, Self.job], cursor: "c1")
        #expect(try await store.jobs(hub) == [Self.job, later])
        #expect(try await store.jobs(hub, tenant: TenantID(trusted: "other")) == [])
        #expect(try await store.job(hub, Self.job.jobID) == Self.job)
        #expect(try await store.job(hub, tenant: TenantID(trusted: "other"), Self.job.jobID) == nil)
        try await feed([later], cursor: "c2")
        #expect(try await store.jobs(hub) == [later])
    }

    @Test func `progress follows operations from saved to confirmed, and back when a person closes them`()
        async throws
    {
        try await feed([Self.job], cursor: "c1")
        try await claim(1, 10, at: "rack-1")
        try await claim(2, 20)
        #expect(try await states() == [.saved, .saved, .open, .open])
        #expect(try await store.entry(Fixture.id(10))?.job == Self.job.jobID)
        let progress = try await store.progress(of: Self.job, registrar: hub)
        #expect(progress.nextPosition == "rack-2" && progress.lines[0].device?.position == "rack-1")
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        for id in [10, 11] {
            if id == 11 {
                try await store.record(
                    [StateChange(Fixture.id(id), .admitted)], lease: lease, at: Fixture.start)
            }
            try await fixture.send(Fixture.id(id), lease)
            let receipt = try await fixture.receipt(
                Fixture.id(id), id == 10 ? .claimed : .placed, version: id)
            try await store.record(
                [StateChange(Fixture.id(id), .receiptVerified, receipt: receipt)], lease: lease,
                at: Fixture.start)
        }
        try await fixture.send(Fixture.id(20), lease)
        #expect(try await states() == [.done, .saved, .open, .open])
        try await store.record(
            [StateChange(Fixture.id(20), .refused, problem: Problem(.claimedByAnotherTenant))], lease: lease,
            at: Fixture.start)
        #expect(try await states() == [.done, .needsPerson, .open, .open])
        try await store.decide(
            Fixture.id(20), .withdraw(reason: "not ours"), by: Fixture.jo, at: Fixture.start)
        #expect(try await states() == [.done, .open, .open, .open])
        _ = try await store.archiveApplied(
            before: Timestamp(milliseconds: Fixture.start.milliseconds + 1), lease: lease, at: Fixture.start)
        #expect(try await states() == [.done, .open, .open, .open])
    }

    @Test func `a device that was given up again is open`() async throws {
        try await claim(1, 10)
        var release = Fixture.note(1)
        (release.body, release.registrar) = (.release(.init(reason: "broken")), hub)
        try await store.accept([(Fixture.id(20), release)], at: Fixture.start)
        #expect(try await states() == [.open, .open, .open, .open])
        try await claim(1, 30)
        #expect(try await states() == [.saved, .open, .open, .open])
    }

    @Test func `what colleagues did at the site counts, work of other tenants and registrars does not`()
        async throws
    {
        let identity = try #require(Fixture.claim(3).identity)
        let colleague = DeviceRecord(
            deviceID: DeviceID(trusted: "dev-3"), identifiers: identity.identifiers, identity: identity,
            state: .claimed, tenant: Fixture.acme, site: Self.hall, position: "rack-1", version: 1,
            updatedAt: Fixture.start)
        try await feed([Self.job], devices: [colleague], cursor: "c1")
        var (foreign, elsewhere) = (underJob(Fixture.claim(1)), underJob(Fixture.claim(2)))
        foreign.tenant = TenantID(trusted: "other")
        elsewhere.registrar = RegistrarID(trusted: "other-hub")
        try await store.accept(
            [(Fixture.id(1), foreign), (Fixture.id(2), elsewhere)], at: Fixture.start)
        #expect(try await states() == [.open, .open, .done, .open])
        let progress = try await store.progress(of: Self.job, registrar: hub)
        #expect(progress.nextPosition == "rack-2" && progress.unexpected.isEmpty)
    }

    @Test func `the devices of a job are found by indexes, not by reading the history`() async throws {
        let connection = try SQLiteConnection(path: fixture.path + "/store.db")
        for (clause, index) in [
            (Store.workClause, "operation_of_job"), (Store.siteClause, "device_of_site"),
        ] {
            let steps = try connection.run("EXPLAIN QUERY PLAN " + clause).map { try $0.text("detail") }
            #expect(steps.contains { $0.contains("USING INDEX \(index)") }, "\(steps)")
            #expect(
                !steps.contains { $0.hasPrefix("SCAN operation") || $0.hasPrefix("SCAN device") }, "\(steps)")
        }
    }

    @Test func `a store from before jobs learns of them from the bytes it kept`() async throws {
        let old = try TemporaryDirectory()
        let path = old.file("store.db")
        var schema = StoreSchema.current
        let jobs = schema.migrations.firstIndex { $0.name == "jobs" }
        schema.migrations.removeSubrange(try #require(jobs)...)
        let place = Fixture.place(1)
        let body = OperationBody.place(.init(site: Self.hall, position: "rack 3"))
        let operation = Operation(
            operationID: Fixture.id(1), body: body, tenant: Fixture.acme, job: Self.job.jobID,
            lane: place.lane,
            laneSequence: 1, operatorID: Fixture.jo,
            store: StoreReference(storeID: StoreID(trusted: "tablet-1"), epoch: 1),
            capturedAt: place.capturedAt, summary: "Place NL-1")
        let frozen = try FrozenOperation(operation, digest: testDigest)
        do {
            let connection = try SQLiteConnection(path: path)
            try connection.adopt(schema)
            try connection.run(
                "INSERT INTO device(lane, identity, updated_at) VALUES (?, '{\"fields\":{}}', 0)",
                .text(place.lane.rawValue))
            try connection.run(
                "INSERT INTO meta VALUES (1, 'tablet-1', 1, 2, 0, 0, ?)", .text(PayloadHash.zero.rawValue))
            for (number, bytes) in [frozen.payload, []].enumerated() {
                try connection.run(
                    """
                    INSERT INTO operation(position, operation_id, kind, tenant, lane, lane_sequence, store_id,
                        epoch, send_order, operator_id, registrar, summary, state, accepted_at, changed_at,
                        payload_hash, payload)
                    VALUES (?1, ?2, 'place', 'acme', ?3, ?1, 'tablet-1', 1, ?1, 'jo', 'hub', '', ?4, 0, 0,
                        ?5, ?6)
                    """, .integer(number + 1), .text(Fixture.id(number + 1).rawValue),
                    .text(place.lane.rawValue), .text(number == 0 ? "queued" : "archived"),
                    .text(frozen.payloadHash.rawValue), .blob(bytes))
            }
        }
        let migrated = try Fixture.open(old.path)
        #expect(try await migrated.entry(Fixture.id(1))?.job == Self.job.jobID)
        #expect(try await migrated.entry(Fixture.id(2))?.job == nil)
        let devices = try await migrated.devices(ofJob: Self.job, registrar: hub)
        #expect(devices.map(\.position) == ["rack 3"] && devices.map(\.mark) == [.saved])
        try await migrated.verifyConservation()
    }
}
