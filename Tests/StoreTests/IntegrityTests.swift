import Model
import SQLite
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct IntegrityTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    /// Somebody who opens the file with another program.
    private func tamper(_ sql: String...) throws {
        let connection = try SQLiteConnection(path: fixture.path + "/store.db")
        for statement in sql { try connection.execute(statement) }
    }

    @Test func `each act is a link of the audit chain with who did it and why`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try await store.decide(
            Fixture.id(1), .withdraw(reason: "scanned twice"), by: OperatorID(trusted: "kim"),
            at: Fixture.start)
        let entries = try await store.auditEntries()
        #expect(entries.map(\.action) == ["store_made", "operation_accepted", "operation_withdrawn"])
        #expect(entries.map(\.sequence) == [1, 2, 3])
        #expect(entries.last?.actor == OperatorID(trusted: "kim"))
        #expect(entries.last?.detail["reason"] == "scanned twice")
        #expect(try await store.auditEntries(after: 2).map(\.sequence) == [3])
        #expect(try await store.verifyAudit() == nil)
    }

    @Test func `an audit entry cannot be changed or taken away`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(throws: SQLiteError.constraint("an audit entry is never changed")) {
            try tamper("UPDATE audit SET actor = 'kim'")
        }
        #expect(throws: SQLiteError.constraint("an audit entry is never taken away")) {
            try tamper("DELETE FROM audit")
        }
    }

    @Test(arguments: [
        ("UPDATE audit SET actor = 'kim' WHERE sequence = 2", 2),
        ("UPDATE audit SET detail = '{\"state\":\"applied\"}' WHERE sequence = 3", 3),
        ("DELETE FROM audit WHERE sequence = 2", 3),
        ("DELETE FROM audit WHERE sequence = 4", 4),
    ])
    func `whoever forges the audit chain by force is found out`(forgery: String, broken: Int) async throws {
        for number in 1...3 {
            try await store.accept([(Fixture.id(number), Fixture.claim(number))], at: Fixture.start)
        }
        try tamper("DROP TRIGGER audit_unchanged", "DROP TRIGGER audit_kept", forgery)
        #expect(try await store.verifyAudit() == broken)
    }

    @Test func `accepted bytes cannot be edited`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(throws: SQLiteError.constraint("an accepted operation is never edited")) {
            try tamper("UPDATE operation SET payload = x'00'")
        }
    }

    @Test func `bytes that rotted on the disk are never handed out`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try tamper(
            "DROP TRIGGER operation_frozen",
            "UPDATE operation SET payload = CAST(replace(CAST(payload AS TEXT), 'acme', 'acne') AS BLOB)")
        await #expect(throws: StoreError.damagedOperation(Fixture.id(1))) {
            try await store.frozen(Fixture.id(1))
        }
    }

    @Test func `when an operation has vanished nothing more is committed`() async throws {
        try await store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        try tamper("DELETE FROM operation WHERE operation_id = '\(Fixture.id(2))'")
        let broken = StoreError.conservationBroken(accepted: 2, accounted: 1)
        await #expect(throws: broken) { try await store.verifyConservation() }
        await #expect(throws: StoreError.conservationBroken(accepted: 3, accounted: 2)) {
            try await store.accept([(Fixture.id(3), Fixture.claim(3))], at: Fixture.start)
        }
        await #expect(throws: broken) {
            try await store.decide(Fixture.id(1), .hold(reason: "stop"), by: Fixture.jo, at: Fixture.start)
        }
        #expect(try await store.entry(Fixture.id(3)) == nil)
        #expect(try await store.entry(Fixture.id(1))?.state == .queued)
    }

    @Test func `the books balance through every way that operations go`() async throws {
        var random = SeededRandom(seed: 7)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        for number in 1...60 {
            try await store.accept(
                [(Fixture.id(number), Fixture.claim(Int.random(in: 0..<8, using: &random)))],
                at: Fixture.start)
            let open = try await store.openEntries()
            let entry = try #require(open.randomElement(using: &random))
            let event = try #require(OperationEvent.allCases.randomElement(using: &random))
            try await attempt(entry, event, lease)
        }
        try await store.verifyConservation()
        #expect(try await store.verifyAudit() == nil)
        #expect(try await store.counts().all == 60)
        let byLane = Dictionary(grouping: try await store.openEntries(), by: \.lane)
        for lane in byLane.values {
            #expect(lane.first?.waitingFor == nil)
            #expect(lane.dropFirst().allSatisfy { $0.state == .blocked })
        }
    }

    /// Lets an event happen where the table allows it, the way in which the sender or a person would.
    private func attempt(_ entry: OutboxEntry, _ event: OperationEvent, _ lease: SenderLease) async throws {
        guard case .to(let next) = entry.state.after(event), entry.waitingFor == nil else { return }
        let decisions: [OperationEvent: Decision] = [
            .withdrawn: .withdraw(reason: "x"), .retried: .retry, .held: .hold(reason: "x"),
        ]
        if let decision = decisions[event] {
            guard entry.state != .inFlight else { return }
            try await store.decide(entry.operationID, decision, by: Fixture.jo, at: Fixture.start)
        } else if event != .superseded, event != .blocked {
            let receipt = next == .applied ? try await fixture.receipt(entry.operationID) : nil
            try await store.record(
                [StateChange(entry.operationID, event, receipt: receipt)], lease: lease, at: Fixture.start)
        }
    }
}
