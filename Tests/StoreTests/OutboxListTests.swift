import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct OutboxListTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    @Test func `pages follow each other in both directions and leave nothing out`() async throws {
        try await store.accept((1...25).map { (Fixture.id($0), Fixture.claim($0)) }, at: Fixture.start)
        for newestFirst in [false, true] {
            var seen: [Int] = []
            var after: Int?
            while true {
                let page = try await store.entries(
                    OutboxFilter(newestFirst: newestFirst), limit: 10, after: after)
                if page.isEmpty { break }
                seen += page.map(\.position)
                after = page.last?.position
            }
            #expect(seen == (newestFirst ? Array((1...25).reversed()) : Array(1...25)))
        }
    }

    @Test func `lists are narrowed by state, mark, device, tenant and operator`() async throws {
        try await store.accept(
            [
                (Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.note(1)),
                (Fixture.id(3), Fixture.claim(2)),
            ],
            at: Fixture.start)
        try await store.decide(Fixture.id(3), .hold(reason: "later"), by: Fixture.jo, at: Fixture.start)
        func ids(_ filter: OutboxFilter) async throws -> [OperationID] {
            try await store.entries(filter).map(\.operationID)
        }
        #expect(try await ids(OutboxFilter(states: [.blocked])) == [Fixture.id(2)])
        #expect(try await ids(.mark(.needsYou)) == [Fixture.id(3)])
        #expect(try await ids(.open).count == 3)
        #expect(try await ids(OutboxFilter(lane: Fixture.lane(2))) == [Fixture.id(3)])
        #expect(try await ids(OutboxFilter(tenant: TenantID(trusted: "other"))) == [])
        #expect(try await ids(OutboxFilter(operatorID: Fixture.jo)).count == 3)
        let counts = try await store.counts()
        #expect([counts.saved, counts.sent, counts.confirmed, counts.needsYou] == [2, 0, 0, 1])
        #expect(counts.open == 3)
    }

    @Test func `an operation is found by the end of its id`() async throws {
        try await store.accept([(Fixture.id(0x1234), Fixture.claim(1))], at: Fixture.start)
        let code = String(Fixture.id(0x1234).rawValue.suffix(4)).uppercased()
        #expect(try await store.entries(endingIn: code).count == 1)
        #expect(try await store.entries(endingIn: "%") == [])
        #expect(try await store.entries(endingIn: "%%%%") == [])
    }
}
