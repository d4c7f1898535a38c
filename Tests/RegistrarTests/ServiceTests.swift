import Credentials
import Model
import Registrar
import RegistrarCore
import Testing
import Wire

/// What devices connect to, as a registrar gives it out.
@Suite struct ServiceTests {
    private let fixture: RegistrarFixture
    private let root: String

    init() async throws {
        fixture = try await RegistrarFixture()
        let now = fixture.world.environment.now()
        root = try CertificateAuthority.makeRoot(
            name: "Service root", notBefore: now, notAfter: now.advanced(bySeconds: 86_400)
        ).certificate.pem
    }

    private func service(
        _ host: String, _ kind: DeviceService.Kind = .mqtt, product: ProductID? = nil
    ) throws -> DeviceService {
        let endpoint = try #require(ServiceEndpoint("\(kind.scheme.rawValue)://\(host):8883"))
        return DeviceService(kind: kind, endpoint: endpoint, product: product, roots: root)
    }

    private func page(_ cursor: String?) async throws -> Changes {
        try await fixture.get(.changes(cursor: cursor, tenant: RegistrarFixture.acme), as: "installer")
    }

    @Test func `a service reaches every tablet with the catalogue, and one takes the place of another`()
        async throws
    {
        let start = try await page(nil)
        #expect(start.catalogue?.services == [])
        let (first, second) = (try service("a"), try service("b"))
        try await fixture.registrar.set(first)
        let next = try await page(start.nextCursor)
        #expect(next.catalogue?.services == [first])
        #expect(try await page(next.nextCursor).catalogue == nil)
        try await fixture.registrar.set(second)
        try await fixture.registrar.set(second)
        let own = try service("c", product: RegistrarFixture.product)
        try await fixture.registrar.set(own)
        #expect(try await page(next.nextCursor).catalogue?.services == [second, own])
        let pairing = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "installer"), url: "https://x")
        #expect(pairing.catalogues.first?.services == [second, own])
        #expect(try await fixture.registrar.removeService(.mqtt, of: RegistrarFixture.product))
        #expect(try await !fixture.registrar.removeService(.mqtt, of: RegistrarFixture.product))
        #expect(try await fixture.registrar.services() == [second])
        let audit: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let noted = audit.entries.filter { $0.action.hasPrefix("service_") }.map {
            "\($0.action) \($0.subject)"
        }
        #expect(
            noted == [
                "service_set mqtts://a:8883", "service_set mqtts://b:8883", "service_set mqtts://c:8883",
                "service_removed mqtts://c:8883",
            ])
        let document = try APIDocument(RegistrarFixture.document)
        let answer = await fixture.ask(
            .changes(cursor: nil, tenant: RegistrarFixture.acme), as: "installer")
        #expect(try document.faults(in: answer.body, of: "GET /v1/changes", isProblem: false) == [])
    }

    @Test func `a service of nobody's product, or believed by no authority, is not given out`() async throws {
        var broken = try service("a")
        broken.roots = "no certificate"
        for service in [try service("a", product: ProductID(trusted: "nothing")), broken] {
            await #expect(throws: RegistrarError.self) { try await fixture.registrar.set(service) }
        }
        #expect(try await fixture.registrar.services() == [])
    }

    @Test func `a product's own service goes before that of every product`() throws {
        let (all, own) = (try service("a"), try service("b", product: RegistrarFixture.product))
        let other = try service("c", .tls)
        #expect([all, own, other].of(RegistrarFixture.product) == [own, other])
        #expect([own, all].of(nil) == [all])
        #expect([own].of(ProductID(trusted: "another")) == [])
    }

    @Test func `a policy of keys is kept with the product, reaches tablets, and is kept by the registrar`()
        async throws
    {
        let strict = Product(
            productID: ProductID(trusted: "lock"), name: "Lock", admission: .open, keyOrigins: [.tpm])
        func add(_ product: Product) async throws -> Int {
            await fixture.ask(
                .add(.products), as: "admin", body: try CanonicalJSON.encode(Items(items: [product]))
            ).status
        }
        #expect(try await add(strict) == 200)
        var none = strict
        none.keyOrigins = []
        #expect(try await add(none) == 400)
        #expect(try await page(nil).catalogue?.products.first?.keyOrigins == [.tpm])
        let identity = DeviceIdentity(product: strict.productID, fields: ["serial": "L-1"])
        let claim = try fixture.operation(
            .claim(OperationBody.Claim(identity: identity)), of: "L-1")
        _ = try fixture.receipt(try await fixture.submit(claim))
        func provision(_ origin: KeyOrigin?, _ sequence: Int) async throws -> OperationResult {
            let request = try CertificateRequest.create(key: .generate(.p256), commonName: "L-1")
            let body = OperationBody.Provision(
                certificateRequest: Base64.encode(request.der), keyOrigin: origin)
            return try await fixture.submit(
                try fixture.operation(.provision(body), of: "L-1", sequence: sequence))
        }
        let refused = try await provision(.device, 2)
        #expect(refused.problem?.knownCode == .certificateRequestRefused)
        #expect(refused.problem?.detail == strict.objection(to: .device)?.what)
        #expect(try await provision(nil, 3).problem?.knownCode == .certificateRequestRefused)
        #expect(try fixture.receipt(try await provision(.tpm, 4)).outcome == .provisioned)
    }
}
