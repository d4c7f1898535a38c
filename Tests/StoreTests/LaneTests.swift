import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct LaneTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    /// Three operations of one device: claim, place, note.
    private func acceptThree() async throws {
        try await store.accept(
            [
                (Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.place(1)),
                (Fixture.id(3), Fixture.note(1)),
            ],
            at: Fixture.start)
    }

    private func states() async throws -> [OperationState] {
        try await store.history(Fixture.lane(1)).map(\.state)
    }

    @Test func `behind the first open operation of a device all others are blocked and say by which`()
        async throws
    {
        try await acceptThree()
        #expect(try await states() == [.queued, .blocked, .blocked])
        #expect(
            try await store.history(Fixture.lane(1)).map(\.waitingFor) == [nil, Fixture.id(1), Fixture.id(1)])
    }

    @Test func `a blocked operation cannot be admitted before its turn`() async throws {
        try await acceptThree()
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        await #expect(throws: StoreError.laneOrder(Fixture.id(2), waitsFor: Fixture.id(1))) {
            try await store.record([StateChange(Fixture.id(2), .admitted)], lease: lease, at: Fixture.start)
        }
    }

    @Test func `a rejected operation keeps its device waiting until a person withdraws it`() async throws {
        try await acceptThree()
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await fixture.send(Fixture.id(1), lease)
        let refused = StateChange(Fixture.id(1), .refused, problem: Problem(.claimCodeWrong))
        try await store.record([refused], lease: lease, at: Fixture.start)
        #expect(try await states() == [.rejected, .blocked, .blocked])
        let closed = try await store.decide(
            Fixture.id(1), .withdraw(reason: "wrong device"), by: Fixture.jo, at: Fixture.start)
        #expect(closed.state == .withdrawn)
        #expect(closed.problem?.knownCode == .claimCodeWrong)
        #expect(try await states() == [.withdrawn, .ready, .blocked])
    }

    @Test func `a correction takes over the turn of what it corrects`() async throws {
        try await acceptThree()
        try await store.accept(
            [(Fixture.id(4), Fixture.claim(1, supersedes: Fixture.id(1)))], at: Fixture.start)
        #expect(try await store.entry(Fixture.id(1))?.state == .superseded)
        let open = try await store.openEntries()
        #expect(open.map(\.operationID) == [Fixture.id(4), Fixture.id(2), Fixture.id(3)])
        #expect(open.map(\.state) == [.queued, .blocked, .blocked])
        #expect(open.map(\.waitingFor) == [nil, Fixture.id(4), Fixture.id(4)])
    }

    @Test func `a correction for another device lets the lane of the first go on`() async throws {
        try await acceptThree()
        try await store.accept(
            [(Fixture.id(4), Fixture.claim(9, supersedes: Fixture.id(1)))], at: Fixture.start)
        #expect(try await states() == [.superseded, .ready, .blocked])
        #expect(try await store.entry(Fixture.id(4))?.state == .queued)
    }

    @Test func `what is on its way can be neither withdrawn nor corrected`() async throws {
        try await acceptThree()
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await fixture.send(Fixture.id(1), lease)
        await #expect(
            throws: StoreError.illegalTransition(Fixture.id(1), state: .inFlight, event: .withdrawn)
        ) {
            try await store.decide(
                Fixture.id(1), .withdraw(reason: "no"), by: Fixture.jo, at: Fixture.start)
        }
        await #expect(throws: StoreError.cannotSupersede(Fixture.id(1), state: .inFlight)) {
            try await store.accept(
                [(Fixture.id(4), Fixture.claim(1, supersedes: Fixture.id(1)))], at: Fixture.start)
        }
        #expect(try await store.counts().all == 3)
    }

    @Test func `closing needs a reason, and an unknown operation is named`() async throws {
        try await acceptThree()
        await #expect(throws: StoreError.reasonMissing) {
            try await store.decide(Fixture.id(1), .withdraw(reason: " "), by: Fixture.jo, at: Fixture.start)
        }
        await #expect(throws: StoreError.unknownOperation(Fixture.id(8))) {
            try await store.decide(Fixture.id(8), .retry, by: Fixture.jo, at: Fixture.start)
        }
    }

    @Test func `an operation held by a person waits for that person`() async throws {
        try await acceptThree()
        let held = try await store.decide(
            Fixture.id(1), .hold(reason: "customer asked"), by: Fixture.jo, at: Fixture.start)
        #expect(held.mark == .needsYou)
        let again = try await store.decide(Fixture.id(1), .retry, by: Fixture.jo, at: Fixture.start)
        #expect(again.state == .ready)
    }

    @Test func `lanes of different devices do not wait for each other`() async throws {
        try await store.accept((1...20).map { (Fixture.id($0), Fixture.claim($0)) }, at: Fixture.start)
        #expect(try await store.openEntries().allSatisfy { $0.state == .queued })
    }
}
