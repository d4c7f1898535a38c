import Credentials
import Model
import Registrar
import Testing
import Wire

/// Holds the registrar and `Assets/openapi.json` together.
@Suite struct APIDocumentTests {
    private let document: APIDocument

    init() throws {
        document = try APIDocument(RegistrarFixture.document)
    }

    /// Every route with a value in each place, and its name in the document.
    private static let routes: [(name: String, route: Route)] =
        [
            ("GET /v1/hello", .hello), ("GET /v1/openapi.json", .openAPI),
            ("GET /v1/crl", .revocationList), ("GET /v1/ca", .issuingCertificate),
            ("POST /v1/ocsp", .certificateStatus),
            ("GET /v1/ocsp/{request}", .certificateStatusOf(request: [0x30, 0])),
            ("POST /v1/operations", .submitOperations),
            (
                "GET /v1/operations/{operationID}",
                .operation(OperationID(milliseconds: 1, random: [UInt8](repeating: 1, count: 10)))
            ),
            ("GET /v1/changes", .changes(cursor: nil, tenant: RegistrarFixture.acme)),
            ("GET /v1/devices", .findDevices(query: "SN", tenant: nil)),
            ("GET /v1/devices/{deviceID}", .device(DeviceID(trusted: "d-1"))),
            ("GET /v1/devices/{deviceID}/history", .deviceHistory(DeviceID(trusted: "d-1"))),
            (
                "POST /v1/devices/{deviceID}/provisioning-claim",
                .provisioningClaim(DeviceID(trusted: "d-1"))
            ),
            (
                "GET /v1/placement",
                .placement(PlacementQuery(tenant: RegistrarFixture.acme, serial: "SN-1"))
            ),
            ("GET /v1/audit", .audit(after: 0)),
            ("POST /v1/sign-in", .signIn), ("POST /v1/sign-out", .signOut),
            ("POST /v1/keys", .registerKey),
            ("GET /v1/operators/{operatorID}/keys", .operatorKeys(OperatorID(trusted: "support"))),
            (
                "POST /v1/keys/{keyID}/revoke",
                .revokeKey(OperatorKeyID(trusted: String(repeating: "0", count: 32)))
            ),
            ("POST /v1/jobs/{jobID}/close", .closeJob(JobID(trusted: "WO-7"), tenant: RegistrarFixture.acme)),
            ("POST /v1/products/{productID}", .changeProduct(ProductID(trusted: "p"))),
        ]
        + Route.Collection.allCases.flatMap {
            [("GET /v1/\($0.rawValue)", .list($0)), ("POST /v1/\($0.rawValue)", .add($0))]
        }

    @Test func `the document has every route and no other`() {
        #expect(document.operations == Set(Self.routes.map(\.name)))
        for (name, route) in Self.routes {
            #expect(document.isOpen(name) == route.isOpen, "\(name)")
            let request = route.request()
            let path = name.split(separator: " ")[1]
            let literal = path.split(separator: "/").filter { !$0.hasPrefix("{") }
            #expect(literal.allSatisfy { request.path.contains($0) }, "\(name): \(request.path)")
        }
    }

    @Test func `the registrar serves the document`() async throws {
        let fixture = try await RegistrarFixture()
        #expect(await fixture.registrar.handle(Route.openAPI.request()).body == RegistrarFixture.document)
    }

    @Test func `every answer is as the document says`() async throws {
        let fixture = try await RegistrarFixture()
        let key = try PrivateKey.generate(.p256)
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        let bodies: [OperationBody] = [
            fixture.claim("SN-1"),
            .provision(
                OperationBody.Provision(
                    certificateRequest: Base64.encode(request.der), keyOrigin: .device)),
            .place(OperationBody.Place(site: RegistrarFixture.oslo, position: "rack 3")),
            .note(OperationBody.Note(text: "x")), Self.proof, Self.failure, Self.statement,
            .revoke(OperationBody.Revoke(reason: .keyCompromise, text: "stolen")),
            .release(OperationBody.Release(reason: "x")),
            .place(OperationBody.Place(site: RegistrarFixture.oslo)), fixture.claim("SN-1"),
        ]
        var last: Receipt?
        for (index, body) in bodies.enumerated() {
            let operation = try fixture.operation(body, of: "SN-1", sequence: index + 1)
            #expect(try document.faults(operation.payload, schema: "Operation") == [])
            let submission = try CanonicalJSON.encode(Submission(operations: [Submission.Item(operation)]))
            #expect(try document.faults(inRequest: submission, of: "POST /v1/operations") == [])
            let response = await fixture.ask(.submitOperations, body: submission)
            #expect(try document.faults(in: response.body, of: "POST /v1/operations", isProblem: false) == [])
            let reply = try CanonicalJSON.decode(SubmissionReply.self, from: response.body)
            if reply.results[0].receipt != nil {
                last = try fixture.receipt(reply.results[0])
                #expect(try document.faults(try CanonicalJSON.encode(last), schema: "Receipt") == [])
            }
        }
        let receipt = try #require(last)
        try await checkAnswers(of: fixture, receipt)
    }

    private static let lane = DeviceIdentifier.serial("SN-1", of: RegistrarFixture.product)
    private static let proof = OperationBody.verify(
        .proven(
            ConnectionProof(
                device: lane, endpoint: "mqtts://b:8883", witness: .musterWithDeviceKey, extent: .roundTrip,
                provenAt: Timestamp(milliseconds: 0), certificate: .zero, isCertificateOnRecord: false,
                clientID: "c", tls: ConnectionProof.TLS(evidence),
                mqtt: ConnectionProof.MQTT(version: "5.0", topic: "t", roundTripMicroseconds: 1),
                trust: [.zero])))
    private static let statement = OperationBody.verify(
        .proven(
            ConnectionProof(
                device: lane, endpoint: "mqtts://b:8883", witness: .device, extent: .authenticated,
                provenAt: Timestamp(milliseconds: 0), certificate: .zero,
                statement: DeviceStatement(nonce: "bg", name: "SN-1", signature: "c2ln"))))
    private static let failure = OperationBody.verify(
        .failed(
            ConnectionFailure(
                device: lane, endpoint: "tls://b:1", witness: .muster, triedAt: Timestamp(milliseconds: 0),
                cause: ConnectionFailure.Cause(code: "silent", text: "Nobody answered."),
                tls: ConnectionProof.TLS(evidence))))
    private static let evidence = TLSEvidence(
        version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256", verifiedName: "b", chain: [],
        clientCertificate: .notRequested)

    private func checkAnswers(of fixture: RegistrarFixture, _ receipt: Receipt) async throws {
        for (name, route) in Self.routes {
            var route = route
            switch route {
            case .operation: route = .operation(receipt.operationID)
            case .device: route = .device(receipt.deviceID)
            case .deviceHistory: route = .deviceHistory(receipt.deviceID)
            case .submitOperations, .add, .closeJob, .changeProduct, .openAPI, .revocationList,
                .issuingCertificate, .certificateStatus, .certificateStatusOf, .registerKey, .revokeKey,
                .signIn, .signOut, .provisioningClaim:
                continue
            case .hello, .changes, .findDevices, .placement, .audit, .list, .operatorKeys: break
            }
            let response = await fixture.ask(route, as: "admin")
            #expect(response.status == 200, "\(name)")
            #expect(try document.faults(in: response.body, of: name, isProblem: false) == [], "\(name)")
            guard !route.isOpen else { continue }
            let refused = await fixture.registrar.handle(route.request())
            #expect(try document.faults(in: refused.body, of: name, isProblem: true) == [], "\(name)")
        }
    }

    @Test func `what is added, and the answers to it, are as the document says`() async throws {
        let fixture = try await RegistrarFixture()
        let person = Operator(
            operatorID: OperatorID(trusted: "new"), name: "New", role: .installer,
            tenants: [RegistrarFixture.acme],
            sites: [RegistrarFixture.oslo], validUntil: Timestamp(milliseconds: 0))
        let delivery = Delivery(
            identity: DeviceIdentity(product: RegistrarFixture.product, fields: ["serial": "SN-7"]),
            tenant: RegistrarFixture.acme, claimCode: "1234")
        let bodies: [(Route.Collection, [UInt8])] = [
            (
                .tenants,
                try CanonicalJSON.encode(Items(items: [Tenant(tenantID: TenantID(trusted: "t"), name: "T")]))
            ),
            (
                .sites,
                try CanonicalJSON.encode(
                    Items(items: [
                        Site(siteID: SiteID(trusted: "s"), tenant: RegistrarFixture.acme, name: "S")
                    ]))
            ),
            (
                .products,
                try CanonicalJSON.encode(
                    Items(items: [
                        Product(
                            productID: ProductID(trusted: "p"), name: "P", labelFields: ["gtin": "1"],
                            keyOrigins: [.tpm])
                    ]))
            ),
            (.operators, try CanonicalJSON.encode(Items(items: [person]))),
            (.deliveries, try CanonicalJSON.encode(Items(items: [delivery]))),
            (.jobs, try CanonicalJSON.encode(Items(items: [JobTests.job]))),
        ]
        #expect(bodies.count == Route.Collection.allCases.count)
        for (collection, body) in bodies {
            let name = "POST /v1/\(collection.rawValue)"
            #expect(try document.faults(inRequest: body, of: name) == [], "\(name)")
            let response = await fixture.ask(.add(collection), as: "admin", body: body)
            #expect(response.status == 200, "\(name)")
            #expect(try document.faults(in: response.body, of: name, isProblem: false) == [], "\(name)")
        }
    }

    @Test func `jobs in lists, in the feed and at their end are as the document says`() async throws {
        let fixture = try await RegistrarFixture()
        let body = try CanonicalJSON.encode(Items(items: [JobTests.job]))
        #expect(await fixture.ask(.add(.jobs), as: "support", body: body).status == 200)
        let close = Route.closeJob(JobTests.job.jobID, tenant: RegistrarFixture.acme)
        for (name, route) in [
            ("GET /v1/jobs", Route.list(.jobs)),
            ("GET /v1/changes", .changes(cursor: nil, tenant: RegistrarFixture.acme)),
            ("POST /v1/jobs/{jobID}/close", close),
        ] {
            let response = await fixture.ask(route)
            #expect(response.status == 200, "\(name)")
            #expect(String(decoding: response.body, as: UTF8.self).contains("WO-7"), "\(name)")
            #expect(try document.faults(in: response.body, of: name, isProblem: false) == [], "\(name)")
        }
        let refused = await fixture.ask(close, as: "installer")
        let name = "POST /v1/jobs/{jobID}/close"
        #expect(try document.faults(in: refused.body, of: name, isProblem: true) == [])
    }

    @Test func `every problem is as the document says`() throws {
        for code in ProblemCode.allCases {
            #expect(try document.faults(try CanonicalJSON.encode(Problem(code)), schema: "Problem") == [])
            let limited = Problem(code, retryAfterSeconds: 3)
            #expect(try document.faults(try CanonicalJSON.encode(limited), schema: "Problem") == [])
        }
    }
}
