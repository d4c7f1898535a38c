import Model
import Store
import SyncCore
import TestSupport
import Testing
import Wire

private typealias Fixture = StoreFixture

@Suite struct CatalogueTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }
    private let hub = StoreFixture.registrar
    private let acme = StoreFixture.acme

    init() throws { fixture = try StoreFixture() }

    private func record(_ number: Int, version: Int = 1, site: String = "hall") -> DeviceRecord {
        let identity = Fixture.claim(number).identity ?? DeviceIdentity(fields: [:])
        return DeviceRecord(
            deviceID: DeviceID(trusted: "dev-\(number)"), identifiers: identity.identifiers,
            identity: identity, state: .claimed, tenant: acme, site: SiteID(trusted: site), version: version,
            updatedAt: Fixture.start)
    }

    private func page(
        _ devices: [DeviceRecord], removed: [String] = [], catalogue: Catalogue? = nil, cursor: String,
        more: Bool = false
    ) -> Changes {
        Changes(
            devices: devices, removedDevices: removed.map { DeviceID(trusted: $0) }, catalogue: catalogue,
            nextCursor: cursor, more: more, serverTime: Fixture.start)
    }

    private func apply(_ changes: Changes) async throws {
        try await store.apply(changes, registrar: hub, tenant: acme, at: Fixture.start)
    }

    private var services: [DeviceService] {
        ["a.example", "b.example"].compactMap { ServiceEndpoint("mqtts://\($0)") }.map {
            DeviceService(kind: .mqtt, endpoint: $0, roots: "root of \($0.host)")
        }
    }

    @Test func `services are those of the newest catalogue, tenant by tenant`() async throws {
        func catalogue(_ services: [DeviceService]) -> Catalogue {
            Catalogue(
                tenant: Tenant(tenantID: acme, name: "Acme"), sites: [], products: [], services: services)
        }
        try await apply(page([], catalogue: catalogue(services), cursor: "c1"))
        #expect(try await store.services(hub, tenant: acme) == services)
        #expect(try await store.services(hub, tenant: TenantID(trusted: "other")) == [])
        try await apply(page([], catalogue: catalogue([services[1]]), cursor: "c2"))
        #expect(try await store.services(hub) == [services[1]])
        try await apply(page([], cursor: "c3"))
        #expect(try await store.services(hub) == [services[1]], "a page without a catalogue leaves them")
    }

    @Test func `a page and its cursor are kept together, and replaying it changes nothing`() async throws {
        let catalogue = Catalogue(
            tenant: Tenant(tenantID: acme, name: "Acme"),
            sites: [Site(siteID: SiteID(trusted: "hall"), tenant: acme, name: "Hall")],
            products: [
                Product(productID: ProductID(trusted: "lamp"), name: "Lamp", keyOrigins: [.tpm, .made])
            ], services: services)
        let first = page([record(1), record(2)], catalogue: catalogue, cursor: "c1", more: true)
        try await apply(first)
        let before = try await store.findDevices("")
        try await apply(first)
        #expect(try await store.findDevices("") == before)
        #expect(try await store.cursor(hub, acme) == "c1")
        #expect(try await store.pulledAt(hub, acme) == nil)
        try await apply(page([record(2, version: 2, site: "roof")], removed: ["dev-1"], cursor: "c2"))
        #expect(try await store.findDevices("").map(\.site) == [SiteID(trusted: "roof")])
        #expect(try await store.pulledAt(hub, acme) == Fixture.start)
        #expect(try await store.tenants(hub).map(\.name) == ["Acme"])
        #expect(try await store.sites(hub).map(\.name) == ["Hall"])
        #expect(try await store.sites(hub, tenant: TenantID(trusted: "other")) == [])
        #expect(try await store.products(hub).map(\.name) == ["Lamp"])
        #expect(try await store.products(hub).map(\.keyOrigins) == [[.tpm, .made]])
    }

    @Test func `an older version never replaces a newer one`() async throws {
        try await apply(page([record(1, version: 5, site: "roof")], cursor: "c1"))
        try await apply(page([record(1, version: 4, site: "hall")], cursor: "c2"))
        #expect(try await store.findDevices("nl-1").map(\.site) == [SiteID(trusted: "roof")])
        #expect(try await store.findDevices("nl-1").map(\.version) == [5])
    }

    @Test func `a device captured here and one of the feed are the same when they share an identifier`()
        async throws
    {
        let byMAC = DeviceIdentifier(kind: .mac, value: Fixture.mac(1))
        try await store.accept([(Fixture.id(1), Fixture.claim(1, lane: byMAC))], at: Fixture.start)
        try await apply(page([record(1)], cursor: "c1"))
        let found = try await store.findDevices("nl-1")
        #expect(found.map(\.lane) == [byMAC])
        #expect(found.first?.deviceID == DeviceID(trusted: "dev-1"))
        #expect(found.first?.openOperations == 1)
    }

    @Test func `a tombstone keeps the device that has operations here`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        try await apply(page([record(1), record(2)], cursor: "c1"))
        try await apply(page([], removed: ["dev-1", "dev-2"], cursor: "c2"))
        let left = try await store.findDevices("")
        #expect(left.map(\.lane) == [Fixture.lane(1)])
        #expect(left.first?.deviceID == nil)
        #expect(try await store.history(Fixture.lane(1)).count == 1)
    }

    @Test func `a feed started anew keeps what is known until its end, then drops what it did not bring`()
        async throws
    {
        try await apply(page([record(1), record(2)], cursor: "c9"))
        try await store.resetCatalogue(hub, acme)
        #expect(try await store.cursor(hub, acme) == nil)
        #expect(try await store.findDevices("").count == 2)
        try await apply(page([record(2)], cursor: "n1", more: true))
        #expect(try await store.findDevices("").count == 2)
        try await apply(page([record(3)], cursor: "n2"))
        #expect(
            Set(try await store.findDevices("").map(\.identity.displayName)) == ["NL-2", "NL-3"])
    }

    @Test func `feeds of two tenants do not touch each other`() async throws {
        let other = TenantID(trusted: "other")
        try await apply(page([record(1)], cursor: "c1"))
        try await store.apply(
            page([], removed: ["dev-1"], cursor: "x1"), registrar: hub, tenant: other, at: Fixture.start)
        #expect(try await store.findDevices("").count == 1)
        #expect(try await store.cursor(hub, acme) == "c1")
        #expect(try await store.cursor(hub, other) == "x1")
    }
}
