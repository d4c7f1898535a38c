import Model
import Registrar
import TestSupport
import Testing
import Wire

/// Every route, asked by somebody who may not.
@Suite struct AccessTests {
    private static let placement = Route.placement(
        PlacementQuery(tenant: RegistrarFixture.acme, serial: "SN-1", site: RegistrarFixture.oslo))

    private static let routes: [Route] =
        [
            .submitOperations,
            .operation(OperationID(milliseconds: 1, random: [UInt8](repeating: 1, count: 10))),
            .changes(cursor: nil, tenant: RegistrarFixture.acme), .findDevices(query: "SN", tenant: nil),
            .device(DeviceID(trusted: "d-1")), .deviceHistory(DeviceID(trusted: "d-1")), .audit(after: 0),
            .provisioningClaim(DeviceID(trusted: "d-1")), placement, .signOut, .registerKey,
            .operatorKeys(OperatorID(trusted: "support")),
            .revokeKey(OperatorKeyID(trusted: String(repeating: "0", count: 32))),
        ] + Route.Collection.allCases.flatMap { [Route.list($0), .add($0)] }

    @Test func `without a token, or with one that nobody has, every route but the open ones is closed`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        for route in Self.routes {
            for token in [nil, Redacted("mt_guess"), Redacted("")] {
                let response = await fixture.registrar.handle(route.request(token: token))
                #expect(response.status == 401, "\(route)")
            }
        }
        #expect(await fixture.registrar.handle(Route.hello.request()).status == 200)
        #expect(await fixture.registrar.handle(Route.openAPI.request()).status == 200)
    }

    @Test func `administration is for administrators`() async throws {
        let fixture = try await RegistrarFixture()
        // Jobs are planned by support too; see JobTests.
        for collection in Route.Collection.allCases where collection != .jobs {
            for person in ["support", "installer", "auditor", "zoe"] {
                let response = await fixture.ask(
                    .add(collection), as: person, body: Array(#"{"items":[]}"#.utf8))
                #expect(response.status == 403, "\(collection) \(person)")
            }
        }
        #expect(await fixture.ask(.list(.operators)).status == 403)
        #expect(await fixture.ask(.list(.deliveries)).status == 403)
        #expect(await fixture.ask(.findDevices(query: "SN", tenant: nil), as: "installer").status == 403)
    }

    @Test func `everybody who works for a tenant may ask where its devices go, and nobody else`() async throws
    {
        let fixture = try await RegistrarFixture()
        for person in ["support", "installer", "auditor", "admin"] {
            let response = await fixture.ask(Self.placement, as: person)
            #expect(response.status == 200, "\(person)")
            #expect(String(decoding: response.body, as: UTF8.self).contains(#""target":"built-in""#))
        }
        #expect(await fixture.ask(Self.placement, as: "zoe").status == 404)
    }

    @Test func `lists show a person their own tenants only`() async throws {
        let fixture = try await RegistrarFixture()
        let tenants: Items<Tenant> = try await fixture.get(.list(.tenants), as: "zoe")
        #expect(tenants.items.map(\.tenantID) == [RegistrarFixture.zebra])
        let sites: Items<Site> = try await fixture.get(.list(.sites), as: "installer")
        #expect(sites.items.map(\.tenant) == [RegistrarFixture.acme])
        #expect(await fixture.ask(.changes(cursor: nil, tenant: RegistrarFixture.zebra)).status == 404)
    }

    @Test func `nothing that another tenant's person asks shows a device, or that it exists`() async throws {
        let fixture = try await RegistrarFixture()
        let receipt = try fixture.receipt(
            try await fixture.submit(try fixture.operation(fixture.claim("SN-SECRET"), of: "SN-SECRET")))
        let unknown = DeviceID(trusted: "d-unknown")
        for (known, other) in [
            (Route.device(receipt.deviceID), Route.device(unknown)),
            (.deviceHistory(receipt.deviceID), .deviceHistory(unknown)),
            (
                .operation(receipt.operationID),
                .operation(OperationID(milliseconds: 5, random: [UInt8](repeating: 9, count: 10)))
            ),
        ] {
            let answers = [await fixture.ask(known, as: "zoe"), await fixture.ask(other, as: "zoe")]
            #expect(answers[0] == answers[1] && answers[0].status == 404)
        }
        let list: DeviceList = try await fixture.get(.findDevices(query: "SN-SECRET", tenant: nil), as: "zoe")
        #expect(list.devices.isEmpty)
    }

    @Test func `requests that are no requests are answered, whatever they hold`() async throws {
        let fixture = try await RegistrarFixture()
        var random = SeededRandom(seed: 3)
        for _ in 0..<300 {
            let body = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let response = await fixture.ask(.submitOperations, body: body)
            #expect(response.status == 400)
        }
        let large = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
        #expect(await fixture.ask(.submitOperations, body: large).status == 413)
        for path in [
            "/", "/v1", "/v1/", "/v2/hello", "/v1/devices/%", "/v1/devices/../x", "/v1/operations/x",
        ] {
            let request = APIRequest(method: .get, path: path, token: fixture.tokens["admin"])
            #expect([400, 404].contains(await fixture.registrar.handle(request).status), "\(path)")
        }
        let wrong = APIRequest(method: .post, path: "/v1/hello", token: fixture.tokens["admin"])
        #expect(await fixture.registrar.handle(wrong).status == 405)
    }

    @Test func `tokens and claim codes are nowhere in the registrar's files`() async throws {
        let fixture = try await RegistrarFixture()
        let delivery = Delivery(
            identity: DeviceIdentity(product: RegistrarFixture.product, fields: ["serial": "SN-9"]),
            tenant: nil, claimCode: "CLAIMCODE7F3A")
        _ = await fixture.ask(
            .add(.deliveries), as: "admin", body: try CanonicalJSON.encode(Items(items: [delivery])))
        let secrets = fixture.tokens.values.map(\.unredacted) + ["CLAIMCODE7F3A"]
        for file in ["registrar.db", "registrar.db-wal"] {
            let bytes = try fixture.file(file)
            for secret in secrets { #expect(bytes.firstRange(of: Array(secret.utf8)) == nil) }
        }
    }
}
