import Model
import Registrar
import Testing
import Wire

@Suite struct FeedTests {
    private func page(
        _ fixture: RegistrarFixture, _ cursor: String?, as person: String = "support",
        tenant: TenantID = RegistrarFixture.acme
    ) async throws -> Changes {
        try await fixture.get(.changes(cursor: cursor, tenant: tenant), as: person)
    }

    @Test func `a feed starts with the catalogue and goes on where it ended`() async throws {
        let fixture = try await RegistrarFixture()
        let start = try await page(fixture, nil)
        #expect(start.catalogue?.sites.map(\.siteID) == [RegistrarFixture.oslo])
        #expect(start.catalogue?.products.map(\.productID) == [RegistrarFixture.product])
        #expect(start.devices.isEmpty && !start.more)
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        let next = try await page(fixture, start.nextCursor)
        #expect(next.devices.map(\.identity.displayName) == ["SN-1"] && next.catalogue == nil)
        let last = try await page(fixture, next.nextCursor)
        #expect(last.devices.isEmpty && last.nextCursor == next.nextCursor)
    }

    @Test func `a device that leaves the tenant leaves a tombstone, and is not shown to others`() async throws
    {
        let fixture = try await RegistrarFixture()
        let claimed = try fixture.receipt(
            try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1")))
        let seen = try await page(fixture, nil)
        let release = OperationBody.release(OperationBody.Release(reason: "sold"))
        _ = try await fixture.submit(try fixture.operation(release, of: "SN-1", sequence: 2))
        let next = try await page(fixture, seen.nextCursor)
        #expect(next.removedDevices == [claimed.deviceID] && next.devices.isEmpty)
        let theirs = try await page(fixture, nil, as: "zoe", tenant: RegistrarFixture.zebra)
        #expect(theirs.devices.isEmpty && theirs.removedDevices.isEmpty)
    }

    @Test func `pages of a long feed hold every device once`() async throws {
        let fixture = try await RegistrarFixture()
        for start in stride(from: 0, to: 1200, by: 50) {
            _ = try await fixture.submit(
                try (start..<start + 50).map { number in
                    try fixture.operation(fixture.claim("SN-\(number)"), of: "SN-\(number)")
                })
        }
        var (cursor, found, pages) = (String?.none, [String](), 0)
        repeat {
            let changes = try await page(fixture, cursor)
            found += changes.devices.map(\.identity.displayName)
            (cursor, pages) = (changes.nextCursor, pages + 1)
            if !changes.more { break }
        } while pages < 20
        #expect(pages == 3 && found.count == 1200 && Set(found).count == 1200)
    }

    @Test func `an installer follows the devices that she handled, and no others`() async throws {
        let fixture = try await RegistrarFixture()
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        _ = try await fixture.submit(
            try fixture.operation(fixture.claim("SN-2"), of: "SN-2", by: "installer", store: "s-2"),
            by: "installer")
        let changes = try await page(fixture, nil, as: "installer")
        #expect(changes.devices.map(\.identity.displayName) == ["SN-2"])
    }

    @Test func `a cursor that is another registrar's, of a later time or no cursor starts anew`() async throws
    {
        let fixture = try await RegistrarFixture()
        let other = try await RegistrarFixture()
        for number in 0..<5 {
            _ = try await other.submit(try other.operation(other.claim("SN-\(number)"), of: "SN-\(number)"))
        }
        let foreign = try await page(other, nil).nextCursor
        for cursor in [foreign, "nonsense", "", Base64.encodeURL("1 r-1 999999".utf8)] {
            let response = await fixture.ask(.changes(cursor: cursor, tenant: RegistrarFixture.acme))
            #expect(response.status == 410)
        }
    }

    @Test func `tombstones are given up after half a year, and cursors from before start anew`() async throws
    {
        let fixture = try await RegistrarFixture()
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        let old = try await page(fixture, nil).nextCursor
        let release = OperationBody.release(OperationBody.Release(reason: "sold"))
        _ = try await fixture.submit(try fixture.operation(release, of: "SN-1", sequence: 2))
        fixture.world.advance(seconds: 181 * 86_400)
        try await fixture.registrar.forgetOldTombstones()
        let response = await fixture.ask(.changes(cursor: old, tenant: RegistrarFixture.acme))
        #expect(response.status == 410)
        #expect(try await page(fixture, nil).removedDevices.isEmpty)
    }
}
