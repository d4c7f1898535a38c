import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

@Suite struct AdministrationTests {
    private func add(_ fixture: RegistrarFixture, _ collection: Route.Collection, _ json: String) async
        -> APIResponse
    {
        await fixture.ask(.add(collection), as: "admin", body: Array(json.utf8))
    }

    @Test func `adding the same thing again changes nothing, another thing of that name is refused`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        let same = #"{"items":[{"name":"Acme","tenantID":"acme"}]}"#
        let before = try await fixture.registrar.verifyAudit().entries
        #expect(await add(fixture, .tenants, same).status == 200)
        #expect(try await fixture.registrar.verifyAudit().entries == before)
        #expect(await add(fixture, .tenants, same.replacing("Acme", with: "Other")).status == 409)
    }

    @Test func `of a list that cannot be added whole, nothing is added`() async throws {
        let fixture = try await RegistrarFixture()
        let list = #"{"items":[{"name":"New","tenantID":"new"},{"name":"Other","tenantID":"acme"}]}"#
        #expect(await add(fixture, .tenants, list).status == 409)
        let tenants: Items<Tenant> = try await fixture.get(.list(.tenants), as: "admin")
        #expect(tenants.items.count == 2)
    }

    @Test(arguments: [
        (Route.Collection.sites, #"{"items":[{"siteID":"x","tenant":"nobody","name":"X"}]}"#, 404),
        (
            .operators,
            #"{"items":[{"operatorID":"x","name":"X","role":"support","tenants":["nobody"],"sites":[]}]}"#,
            404
        ),
        (
            .operators,
            #"{"items":[{"operatorID":"x","name":"X","role":"support","tenants":[],"sites":[]}]}"#, 400
        ),
        (.deliveries, #"{"items":[{"identity":{"fields":{"gtin":"1"}}}]}"#, 400),
        (.tenants, #"{"items":[{"tenantID":"UPPER","name":"X"}]}"#, 400), (.tenants, "{}", 400),
    ]) func `things that cannot be are refused`(_ collection: Route.Collection, _ json: String, _ status: Int)
        async throws
    {
        let fixture = try await RegistrarFixture()
        #expect(await add(fixture, collection, json).status == status)
    }

    @Test func `a pairing gives a token that works, the root and what the operator may choose from`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        let pairing = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "installer"), url: "https://127.0.0.1:8443")
        #expect(pairing.catalogues.map(\.tenant.tenantID) == [RegistrarFixture.acme])
        #expect(pairing.receiptKeys == fixture.hello.receiptKeys)
        let asked = await fixture.registrar.handle(
            Route.list(.products).request(token: Redacted(pairing.token)))
        #expect(asked.status == 200)
        #expect(
            try Certificate(Array(pairing.certificateAuthority.utf8)).summary.subject == "Test registrar root"
        )
        await #expect(throws: RegistrarError.unknownOperator(OperatorID(trusted: "nobody"))) {
            try await fixture.registrar.pairing(for: OperatorID(trusted: "nobody"), url: "https://x")
        }
    }

    @Test func `a registrar is not made twice, and opens again as it was`() async throws {
        let fixture = try await RegistrarFixture()
        let path = fixture.directory.path + "/registrar"
        #expect {
            try Registrar.make(directory: path, name: "Again", environment: fixture.world.environment)
        } throws: { ($0 as? RegistrarError)?.isAlreadyMade == true }
        let again = try Registrar(directory: path, environment: fixture.world.environment)
        #expect(again.registrar == fixture.registrar.registrar && again.name == "Test registrar")
    }

    @Test func `a directory without a registrar is named`() throws {
        let world = RegistrarWorld()
        do {
            _ = try Registrar(directory: "/tmp/muster-no-such-registrar", environment: world.environment)
            Issue.record("opened")
        } catch { #expect(error.explanation.id == "registrar_missing") }
    }
}
