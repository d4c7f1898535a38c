import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct DeviceTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    private func apply(
        _ id: OperationID, _ outcome: Receipt.Outcome, version: Int, chain: String? = nil,
        _ lease: SenderLease
    ) async throws {
        if try await store.entry(id)?.state == .blocked {
            try await store.record([StateChange(id, .admitted)], lease: lease, at: Fixture.start)
        }
        try await fixture.send(id, lease)
        let receipt = try await fixture.receipt(id, outcome, version: version, chain: chain)
        try await store.record(
            [StateChange(id, .receiptVerified, receipt: receipt)], lease: lease, at: Fixture.start)
    }

    @Test func `receipts make the device what the registrar says it is`() async throws {
        try await store.accept(
            [
                (Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.place(1)),
                (Fixture.id(3), Fixture.note(1)),
            ],
            at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await apply(Fixture.id(1), .claimed, version: 1, lease)
        var device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.state == .claimed)
        #expect(device.deviceID == DeviceID(trusted: "dev-nl-1"))
        #expect(device.site == SiteID(trusted: "hall"))
        try await apply(Fixture.id(2), .placed, version: 2, lease)
        device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.site == SiteID(trusted: "roof"))
        #expect(device.position == "rack 3")
        #expect(device.version == 2)
        #expect(device.openOperations == 1)
        try await apply(Fixture.id(3), .provisioned, version: 3, chain: "PEM", lease)
        device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.state == .provisioned)
        #expect(device.certificateChain == "PEM")
    }

    @Test func `a device whose certificate is revoked has none here, and stays the tenant's`() async throws {
        try await store.accept(
            [
                (Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.note(1)),
                (Fixture.id(3), Fixture.note(1)),
            ], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await apply(Fixture.id(1), .claimed, version: 1, lease)
        try await apply(Fixture.id(2), .provisioned, version: 2, chain: "PEM", lease)
        #expect(try await store.certifiedDevices().map(\.lane) == [Fixture.lane(1)])
        #expect(try await store.certifiedDevices(at: SiteID(trusted: "nowhere")).isEmpty)
        try await apply(Fixture.id(3), .revoked, version: 3, lease)
        let device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.state == .claimed && device.tenant != nil)
        #expect(device.certificate == nil && device.certificateChain == nil)
        #expect(try await store.certifiedDevices().isEmpty)
    }

    @Test func `a released device is nobody's`() async throws {
        try await store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.note(1))], at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await apply(Fixture.id(1), .claimed, version: 1, lease)
        try await apply(Fixture.id(2), .released, version: 2, lease)
        let device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.tenant == nil)
        #expect(device.state == nil)
    }

    @Test func `a search takes any identifier, whole before beginning before part, however it is written`()
        async throws
    {
        try await store.accept(
            [12, 1, 21, 300].enumerated().map { (Fixture.id($0), Fixture.claim($1)) }, at: Fixture.start)
        func found(_ text: String) async throws -> [String] {
            try await store.findDevices(text).map(\.identity.displayName)
        }
        #expect(try await found("nl-1") == ["NL-1", "NL-12"])
        #expect(try await found("NL 12") == ["NL-12"])
        #expect(try await found("serial:lamp/NL-21") == ["NL-21"])
        #expect(try await found(Fixture.mac(300).lowercased()) == ["NL-300"])
        #expect(try await found("%") == [])
        #expect(try await found("nothing") == [])
        #expect(try await found("").count == 4)
        #expect(try await store.findDevices("nl", limit: 2).count == 2)
    }

    @Test func `a later label of the same device adds what it says`() async throws {
        var intent = Fixture.claim(1)
        try await store.accept([(Fixture.id(1), intent)], at: Fixture.start)
        intent.identity = DeviceIdentity(fields: ["imei": "490154203237518"])
        intent.body = .note(.init(text: "modem"))
        try await store.accept([(Fixture.id(2), intent)], at: Fixture.start)
        let device = try #require(try await store.device(Fixture.lane(1)))
        #expect(device.identity.fields["serial"] == "NL-1")
        #expect(device.identity.fields["imei"] == "490154203237518")
        #expect(try await store.findDevices("490154203237518").map(\.lane) == [Fixture.lane(1)])
    }
}
