import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct SenderTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    @Test func `one store sends at a time, and the next takes over when it lets go`() async throws {
        let other = try fixture.anotherStore()
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        #expect(try await store.becomeSender(at: Fixture.start) == nil)
        #expect(try await other.becomeSender(at: Fixture.start) == nil)
        await store.resign(lease)
        let next = try #require(try await other.becomeSender(at: Fixture.start))
        #expect(next.fencing == lease.fencing + 1)
    }

    @Test func `a sender that slept through a take-over records nothing`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        let old = try #require(try await store.becomeSender(at: Fixture.start))
        await store.resign(old)
        let new = try #require(try await store.becomeSender(at: Fixture.start))
        let change = [StateChange(Fixture.id(1), .admitted)]
        await #expect(throws: StoreError.notSender) {
            try await store.record(change, lease: old, at: Fixture.start)
        }
        await #expect(throws: StoreError.notSender) {
            try await fixture.anotherStore().record(change, lease: new, at: Fixture.start)
        }
        #expect(try await store.entry(Fixture.id(1))?.state == .queued)
        try await store.record(change, lease: new, at: Fixture.start)
    }

    @Test func `what a sender that died had in flight is in doubt for the next`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        do {
            let dying = try fixture.anotherStore()
            let lease = try #require(try await dying.becomeSender(at: Fixture.start))
            try await fixture.send(Fixture.id(1), in: dying, lease)
        }
        #expect(try await store.entry(Fixture.id(1))?.state == .inFlight)
        _ = try #require(try await store.becomeSender(at: Fixture.start))
        #expect(try await store.entry(Fixture.id(1))?.state == .inDoubt)
        #expect(try await store.counts().sent == 1)
    }

    @Test func `only a receipt of the very operation makes it confirmed`() async throws {
        try await store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await fixture.send(Fixture.id(1), lease)
        let foreign = try await fixture.receipt(Fixture.id(2))
        for receipt in [foreign, nil] {
            await #expect(throws: StoreError.foreignReceipt(Fixture.id(1))) {
                try await store.record(
                    [StateChange(Fixture.id(1), .receiptVerified, receipt: receipt)], lease: lease,
                    at: Fixture.start)
            }
        }
        let own = try await fixture.receipt(Fixture.id(1))
        try await store.record(
            [StateChange(Fixture.id(1), .receiptVerified, receipt: own)], lease: lease, at: Fixture.start)
        let entry = try #require(try await store.entry(Fixture.id(1)))
        #expect(entry.mark == .confirmed)
        #expect(entry.receipt == own.receipt)
        #expect(entry.attempts == 1)
        #expect(try await store.signedReceipt(Fixture.id(1)) == own.text)
    }

    @Test func `one change that cannot happen undoes its whole batch`() async throws {
        try await store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        await #expect(
            throws: StoreError.illegalTransition(Fixture.id(2), state: .queued, event: .receiptVerified)
        ) {
            try await store.record(
                [StateChange(Fixture.id(1), .admitted), StateChange(Fixture.id(2), .receiptVerified)],
                lease: lease, at: Fixture.start)
        }
        #expect(try await store.entry(Fixture.id(1))?.state == .queued)
        #expect(try await store.verifyAudit() == nil)
    }

    @Test func `a try that failed keeps its reason and the time of the next`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await fixture.send(Fixture.id(1), lease)
        let later = Fixture.start.advanced(bySeconds: 30)
        try await store.record(
            [StateChange(Fixture.id(1), .failed, retryAt: later, problem: Problem(.unavailable))],
            lease: lease, at: Fixture.start)
        let waiting = try #require(try await store.entry(Fixture.id(1)))
        #expect(waiting.state == .waiting)
        #expect(waiting.retryAt == later)
        #expect(waiting.problem?.knownCode == .unavailable)
        try await store.record([StateChange(Fixture.id(1), .waitOver)], lease: lease, at: Fixture.start)
        #expect(try await store.entry(Fixture.id(1))?.problem == nil)
    }

    @Test func `what was applied long ago gives up its bytes and keeps its receipt`() async throws {
        try await store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await fixture.send(Fixture.id(1), lease)
        let receipt = try await fixture.receipt(Fixture.id(1))
        try await store.record(
            [StateChange(Fixture.id(1), .receiptVerified, receipt: receipt)], lease: lease, at: Fixture.start)
        let later = Fixture.start.advanced(bySeconds: 31 * 86_400)
        #expect(try await store.archiveApplied(before: later, lease: lease, at: later) == 1)
        #expect(try await store.archiveApplied(before: later, lease: lease, at: later) == 0)
        let entry = try #require(try await store.entry(Fixture.id(1)))
        #expect(entry.state == .archived)
        #expect(entry.receipt == receipt.receipt)
        #expect(try await store.signedReceipt(Fixture.id(1)) == receipt.text)
        await #expect(throws: StoreError.archivedOperation(Fixture.id(1))) {
            try await store.frozen(Fixture.id(1))
        }
        #expect(try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: later) == [entry])
        try await store.verifyConservation()
    }

    @Test func `only the sender copies the log, and everything is still there afterwards`() async throws {
        try await store.accept((1...50).map { (Fixture.id($0), Fixture.claim($0)) }, at: Fixture.start)
        let other = try fixture.anotherStore()
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        #expect(try await other.checkpointIfSender(lease, idle: true) == false)
        #expect(try await store.checkpointIfSender(lease, idle: false) == false)
        #expect(try await store.checkpointIfSender(lease, idle: true))
        #expect(try await other.counts().saved == 50)
        try await other.accept([(Fixture.id(51), Fixture.claim(51))], at: Fixture.start)
        #expect(try await store.counts().saved == 51)
    }

    @Test func `another store's commit shows in the change mark`() async throws {
        let other = try fixture.anotherStore()
        let before = try await other.changeMark()
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(try await other.changeMark() != before)
    }
}

extension StoreFixture {
    func send(_ id: OperationID, in store: Store, _ lease: SenderLease) async throws {
        try await store.record(
            [StateChange(id, .admitted), StateChange(id, .sendStarted)], lease: lease, at: Self.start)
    }
}
