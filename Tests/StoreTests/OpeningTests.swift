import Foundation
import Model
import Processes
import SQLite
import SyncCore
import TestSupport
import Testing

@testable import Store

private typealias Fixture = StoreFixture

@Suite struct OpeningTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }
    private var database: String { fixture.path + "/store.db" }

    init() throws { fixture = try StoreFixture() }

    @Test func `directory and files belong to their user alone`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(try Files.status(fixture.path)?.mode == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.path) {
            #expect(try Files.status(fixture.path + "/" + name)?.mode == 0o600, "\(name)")
        }
    }

    @Test func `a store keeps its name, whatever a later start would call it`() async throws {
        let again = try Store(
            directory: fixture.path, at: Fixture.start, makeStoreID: { StoreID(trusted: "other") },
            digest: testDigest)
        #expect(again.reference == StoreReference(storeID: StoreID(trusted: "tablet-1"), epoch: 1))
    }

    @Test func `a store of a newer version is refused and left as it is`() throws {
        let other = try TemporaryDirectory()
        let path = other.file("store.db")
        do {
            let connection = try SQLiteConnection(path: path)
            try connection.adopt(StoreSchema.current)
            try connection.execute("PRAGMA user_version = 99")
        }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(
            throws: StoreError.database(
                .newer(path: path, found: 99, known: StoreSchema.current.migrations.count))
        ) { try StoreFixture.open(other.path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func `a directory that cannot be made is named`() throws {
        let file = fixture.directory.file("plain")
        try Data().write(to: URL(filePath: file))
        #expect(throws: StoreError.self) { try StoreFixture.open(file + "/state") }
    }

    @Test func `the open operations are found by an index, not by reading the history`() async throws {
        let connection = try SQLiteConnection(path: database)
        let plan = try connection.run(
            "EXPLAIN QUERY PLAN SELECT \(OutboxEntry.columns) FROM operation \(Store.openClause)")
        let steps = try plan.map { try $0.text("detail") }
        #expect(steps.contains { $0.contains("operation USING INDEX operation_open") }, "\(steps)")
        #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
    }

    @Test func `on a full disk nothing is called saved, the ballast stays, and saved work stays readable`()
        async throws
    {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try await store.fill()
        var refused = 0
        for number in 2...40 {
            do throws(StoreError) {
                try await store.accept([(Fixture.id(number), Fixture.claim(number))], at: Fixture.start)
            } catch {
                refused += 1
                #expect(error == .database(.diskFull(path: database)))
                #expect(try await store.entry(Fixture.id(number)) == nil)
                break
            }
        }
        #expect(refused == 1)
        #expect(try Files.status(fixture.path + "/ballast")?.sizeBytes == Int64(StoreLimits.ballastBytes))
        try await store.verifyConservation()
        // The store was opened anew after the failure, so the limit is gone, as when space was freed.
        try await store.accept([(Fixture.id(50), Fixture.claim(50))], at: Fixture.start)
        #expect(try await store.entry(Fixture.id(50))?.state == .queued)
    }

    @Test func `on a full disk the ballast is given up so that saved work can move on`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try await store.fill()
        let reason = String(repeating: "long ", count: 4000)
        let entry = try await store.decide(
            Fixture.id(1), .withdraw(reason: reason), by: Fixture.jo, at: Fixture.start)
        #expect(entry.state == .withdrawn)
        #expect(try Files.status(fixture.path + "/ballast") == nil)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await store.checkpointIfSender(lease, idle: true)
        #expect(try Files.status(fixture.path + "/ballast") != nil)
    }

    @Test func `the ballast is made only where it leaves room to work`() {
        let needed = UInt64(StoreLimits.ballastBytes) + StoreLimits.ballastMarginBytes
        #expect(!Ballast.fits(availableBytes: 0))
        #expect(!Ballast.fits(availableBytes: needed - 1))
        #expect(Ballast.fits(availableBytes: needed))
    }

    @Test func `every error explains what it means and what to do`() {
        let id = Fixture.id(1)
        let errors: [StoreError] = [
            .database(.busy), .system(.timedOut), .conservationBroken(accepted: 2, accounted: 1),
            .illegalTransition(id, state: .inFlight, event: .withdrawn), .unknownOperation(id),
            .operationIDReused(id), .cannotSupersede(id, state: .applied), .damagedOperation(id),
            .archivedOperation(id),
            .foreignReceipt(id), .laneOrder(id, waitsFor: Fixture.id(2)), .notSender, .reasonMissing,
            .unwritable("a value"),
        ]
        #expect(Set(errors.map(\.explanation.id)).count == errors.count)
        #expect(errors.allSatisfy { !$0.explanation.what.isEmpty && !$0.explanation.nextStep.isEmpty })
    }
}

extension Store {
    /// Lets the database file grow no further, as a disk without room would.
    func fill() throws {
        let pages = try connection.run("PRAGMA page_count").first?.integer("page_count") ?? 0
        try connection.execute("PRAGMA max_page_count=\(pages)")
    }
}
