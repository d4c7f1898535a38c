import Model
import Registrar
import TestSupport
import Testing
import Wire

@Suite struct ProductChangeTests {
    private let fixture: RegistrarFixture
    private let product: Product

    init() async throws {
        fixture = try await RegistrarFixture()
        let all: Items<Product> = try await fixture.get(.list(.products), as: "admin")
        product = try #require(all.items.first { $0.productID == RegistrarFixture.product })
    }

    private func change(
        _ from: Product, _ to: Product, of id: ProductID? = nil, as person: String = "admin"
    ) async throws -> APIResponse {
        await fixture.ask(
            .changeProduct(id ?? to.productID), as: person,
            body: try CanonicalJSON.encode(Replacement(from: from, to: to)))
    }

    private func named(_ name: String) -> Product {
        var product = product
        product.name = name
        return product
    }

    @Test func `a change is heard of by tablets, noted with what was, and the same again changes nothing`()
        async throws
    {
        let first: Changes = try await fixture.get(.changes(cursor: nil, tenant: RegistrarFixture.acme))
        var changed = named("Dock 2")
        changed.keyOrigins = [.tpm]
        #expect(try await change(product, changed).status == 200)
        let page: Changes = try await fixture.get(
            .changes(cursor: first.nextCursor, tenant: RegistrarFixture.acme))
        #expect(page.catalogue?.products.contains(changed) == true)
        let entries = try await fixture.registrar.verifyAudit().entries
        #expect(try await change(product, changed).status == 200)
        #expect(try await fixture.registrar.verifyAudit().entries == entries)
        let audit: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let entry = try #require(audit.entries.last { $0.action == "product_changed" })
        #expect(
            entry.detail == ["name": "\(product.name) → Dock 2", "keyOrigins": "any → tpm"])
    }

    @Test func `what somebody else changed meanwhile is not written over`() async throws {
        #expect(try await change(product, named("First")).status == 200)
        let second = try await change(product, named("Second"))
        #expect(second.status == 412)
        let problem = try CanonicalJSON.decode(Problem.self, from: second.body)
        #expect(problem.code == ProblemCode.staleVersion.rawValue)
        let all: Items<Product> = try await fixture.get(.list(.products), as: "admin")
        #expect(all.items.contains(named("First")) && !all.items.contains(named("Second")))
    }

    @Test func `only an administrator changes, only what is there, and only to what can be`() async throws {
        #expect(try await change(product, named("X"), as: "support").status == 403)
        #expect(try await change(product, named("X"), of: ProductID(trusted: "other")).status == 400)
        var nobody = product
        nobody.productID = ProductID(trusted: "nobody")
        #expect(try await change(nobody, nobody).status == 404)
        var none = product
        none.keyOrigins = []
        #expect(try await change(product, none).status == 400)
    }
}
