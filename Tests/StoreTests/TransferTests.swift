import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct TransferTests {
    @Test func `open operations move to another store byte for byte and only once`() async throws {
        let source = try StoreFixture()
        let target = try StoreFixture()
        try await source.store.accept(
            [
                (Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.note(1)),
                (Fixture.id(3), Fixture.claim(2)),
            ],
            at: Fixture.start)
        try await source.store.decide(
            Fixture.id(3), .withdraw(reason: "not mine"), by: Fixture.jo, at: Fixture.start)
        let exported = try await source.store.exportOutbox()
        #expect(exported.map(\.operationID) == [Fixture.id(1), Fixture.id(2)])
        let text = try CanonicalJSON.encode(exported)
        let read = try CanonicalJSON.decode([ExportedOperation].self, from: text)
        #expect(try await target.store.importOutbox(read, by: Fixture.jo, at: Fixture.start) == 2)
        #expect(try await target.store.importOutbox(read, by: Fixture.jo, at: Fixture.start) == 0)
        for id in [Fixture.id(1), Fixture.id(2)] {
            let (there, here) = (try await source.store.frozen(id), try await target.store.frozen(id))
            #expect(there == here)
        }
        #expect(try await target.store.entries().map(\.state) == [.queued, .blocked])
        #expect(try await target.store.findDevices("NL-1").count == 1)
        try await target.store.verifyConservation()
    }

    @Test func `an export that was changed on the way is refused whole`() async throws {
        let source = try StoreFixture()
        let target = try StoreFixture()
        try await source.store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        var exported = try await source.store.exportOutbox()
        exported[1].payload = exported[0].payload
        await #expect(throws: StoreError.damagedOperation(Fixture.id(2))) {
            try await target.store.importOutbox(exported, by: Fixture.jo, at: Fixture.start)
        }
        #expect(try await target.store.counts().all == 0)
    }
}
