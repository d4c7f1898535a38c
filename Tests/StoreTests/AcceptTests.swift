import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct AcceptTests {
    @Test func `what was accepted is there after the store was closed, byte for byte`() async throws {
        let fixture = try StoreFixture()
        let saved = try await fixture.store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        let bytes = try await fixture.store.frozen(Fixture.id(1)).payload
        let reopened = try fixture.anotherStore()
        #expect(try await reopened.entry(Fixture.id(1)) == saved.first)
        #expect(try await reopened.frozen(Fixture.id(1)).payload == bytes)
        #expect(saved.first?.state == .queued)
        #expect(saved.first?.mark == .saved)
        #expect(try await reopened.counts().saved == 1)
    }

    @Test func `accepting the same operation again adds nothing and gives the entry that is there`()
        async throws
    {
        let fixture = try StoreFixture()
        let first = try await fixture.store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        let second = try await fixture.anotherStore().accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(1), Fixture.claim(1))],
            at: Fixture.start.advanced(bySeconds: 60))
        #expect(second == first + first)
        #expect(try await fixture.store.counts().all == 1)
    }

    @Test func `an operation id with other content is refused and nothing of its batch is saved`()
        async throws
    {
        let fixture = try StoreFixture()
        try await fixture.store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        await #expect(throws: StoreError.operationIDReused(Fixture.id(1))) {
            try await fixture.store.accept(
                [(Fixture.id(2), Fixture.claim(2)), (Fixture.id(1), Fixture.note(1))], at: Fixture.start)
        }
        #expect(try await fixture.store.entry(Fixture.id(2)) == nil)
    }

    @Test func `operations of one device form a chain, each bound to the bytes of the one before`()
        async throws
    {
        let fixture = try StoreFixture()
        try await fixture.store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try await fixture.store.accept(
            [(Fixture.id(2), Fixture.note(1)), (Fixture.id(3), Fixture.claim(2))], at: Fixture.start)
        let first = try await fixture.store.frozen(Fixture.id(1))
        let second = try await fixture.store.frozen(Fixture.id(2)).operation
        #expect(first.operation.laneSequence == 1)
        #expect(first.operation.predecessor == nil)
        #expect(second.laneSequence == 2)
        #expect(
            second.predecessor == .init(operationID: Fixture.id(1), payloadHash: first.payloadHash))
        #expect(try await fixture.store.frozen(Fixture.id(3)).operation.laneSequence == 1)
        #expect(second.store == StoreReference(storeID: StoreID(trusted: "tablet-1"), epoch: 1))
    }

    @Test func `a device is found by every identifier of its label as soon as it is saved`() async throws {
        let fixture = try StoreFixture()
        try await fixture.store.accept([(Fixture.id(1), Fixture.claim(7))], at: Fixture.start)
        let device = try #require(try await fixture.store.device(Fixture.lane(7)))
        #expect(device.tenant == Fixture.acme)
        #expect(device.openOperations == 1)
        #expect(device.deviceID == nil)
        let byMAC = DeviceIdentifier(kind: .mac, value: Fixture.mac(7))
        #expect(try await fixture.store.lane(for: [byMAC]) == Fixture.lane(7))
        #expect(try await fixture.store.history(Fixture.lane(7)).map(\.operationID) == [Fixture.id(1)])
    }

    @Test func `several stores on one file accept side by side and nothing is lost or doubled`() async throws
    {
        let fixture = try StoreFixture()
        let stores = try (0..<4).map { _ in try fixture.anotherStore() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in stores.enumerated() {
                group.addTask {
                    for number in 0..<25 {
                        // Each operation is offered by two stores, as after a crash in between.
                        let shared = (index / 2) * 25 + number
                        try await store.accept(
                            [(Fixture.id(shared), Fixture.claim(shared % 10))], at: Fixture.start)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await fixture.store.counts().all == 50)
        try await fixture.store.verifyConservation()
        #expect(try await fixture.store.verifyAudit() == nil)
        let open = try await fixture.store.openEntries()
        let firsts = open.filter { $0.state == .queued }
        #expect(Set(firsts.map(\.lane)).count == 10)
        #expect(firsts.count == 10)
    }
}
