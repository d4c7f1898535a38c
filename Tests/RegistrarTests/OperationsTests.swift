import Credentials
import Model
import Registrar
import Testing
import Wire

@Suite struct OperationsTests {
    @Test func `a claim is answered with a signed receipt that names it`() async throws {
        let fixture = try await RegistrarFixture()
        let operation = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let receipt = try fixture.receipt(try await fixture.submit(operation))
        #expect(receipt.operationID == operation.operation.operationID)
        #expect(receipt.payloadHash == operation.payloadHash)
        #expect(receipt.outcome == .claimed && receipt.deviceVersion == 1)
        #expect(receipt.registrar == fixture.hello.registrar)
    }

    @Test func `an operation sent again is answered with the same receipt`() async throws {
        let fixture = try await RegistrarFixture()
        let operation = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let first = try await fixture.submit(operation)
        fixture.world.advance(seconds: 100)
        #expect(try await fixture.submit(operation) == first)
        let asked: OperationResult = try await fixture.get(.operation(operation.operation.operationID))
        #expect(asked == first)
    }

    @Test func `the same id with other content is refused and changes nothing`() async throws {
        let fixture = try await RegistrarFixture()
        let first = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        _ = try await fixture.submit(first)
        let second = try fixture.operation(
            fixture.claim("SN-2"), of: "SN-2", id: first.operation.operationID)
        let result = try await fixture.submit(second)
        #expect(result.problem?.knownCode == .idempotencyMismatch && result.problem?.status == 422)
        let list: DeviceList = try await fixture.get(.findDevices(query: "SN-2", tenant: nil))
        #expect(list.devices.isEmpty)
    }

    @Test func `many at once with the same operation do it once`() async throws {
        let fixture = try await RegistrarFixture()
        let operation = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let receipts = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<16 { group.addTask { try await fixture.submit(operation).receipt } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1 && receipts.first != .some(nil))
        let found: DeviceList = try await fixture.get(.findDevices(query: "SN-1", tenant: nil))
        let device = try #require(found.devices.first)
        let history: DeviceHistory = try await fixture.get(.deviceHistory(device.deviceID))
        #expect(history.events.count == 1 && device.version == 1)
    }

    @Test func `of many tenants that claim one device at once, one gets it`() async throws {
        let fixture = try await RegistrarFixture()
        let mine = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let theirs = try fixture.operation(
            fixture.claim("SN-1"), of: "SN-1", by: "zoe", tenant: RegistrarFixture.zebra, store: "s-2")
        async let first = fixture.submit(mine)
        async let second = fixture.submit(theirs, by: "zoe")
        let results = try await [first, second]
        #expect(results.count { $0.receipt != nil } == 1)
        #expect(results.compactMap(\.problem?.knownCode) == [.claimedByAnotherTenant])
    }

    @Test func `the whole life of a device leaves history and receipts`() async throws {
        let fixture = try await RegistrarFixture()
        let key = try PrivateKey.generate(.p256)
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        let bodies: [OperationBody] = [
            fixture.claim("SN-1"),
            .provision(OperationBody.Provision(certificateRequest: Base64.encode(request.der))),
            .place(OperationBody.Place(site: RegistrarFixture.oslo, position: "rack 3")),
            .note(OperationBody.Note(text: "antenna")),
            .release(OperationBody.Release(reason: "returned")), fixture.claim("SN-1"),
        ]
        var outcomes: [Receipt.Outcome] = []
        for (index, body) in bodies.enumerated() {
            let operation = try fixture.operation(body, of: "SN-1", sequence: index + 1)
            outcomes.append(try fixture.receipt(try await fixture.submit(operation)).outcome)
        }
        #expect(outcomes == [.claimed, .provisioned, .placed, .noted, .released, .claimed])
        let list: DeviceList = try await fixture.get(.findDevices(query: "SN-1", tenant: nil))
        let device = try #require(list.devices.first)
        #expect(device.certificate == nil && device.position == nil && device.version == 5)
        let history: DeviceHistory = try await fixture.get(.deviceHistory(device.deviceID))
        #expect(history.events.map(\.outcome) == outcomes)
        for event in history.events {
            #expect(
                try fixture.receipt(OperationResult(operationID: event.operationID, receipt: event.receipt))
                    .outcome == event.outcome)
        }
    }

    @Test func `the certificate that comes back is for the device's key and chains to the registrar's root`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        let key = try PrivateKey.generate(.ed25519)
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
        let receipt = try fixture.receipt(
            try await fixture.submit(try fixture.operation(body, of: "SN-1", sequence: 2)))
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        #expect(chain.count == 3)
        #expect(chain[0].summary.publicKeyHash == (try key.publicKeyHash))
        #expect(chain[0].uris == ["urn:muster:\(receipt.registrar):\(receipt.deviceID)"])
        let pairing = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "support"), url: "https://127.0.0.1:1")
        try Certificate.verifyChain(
            leaf: chain[0], intermediates: Array(chain[1...]),
            roots: [try Certificate(Array(pairing.certificateAuthority.utf8))], at: receipt.appliedAt)
    }

    @Test func `a key is good for one device only`() async throws {
        let fixture = try await RegistrarFixture()
        let key = try PrivateKey.generate(.p256)
        for (serial, problem) in [("SN-1", nil), ("SN-2", ProblemCode.keyReused)] {
            _ = try await fixture.submit(try fixture.operation(fixture.claim(serial), of: serial))
            let request = try CertificateRequest.create(key: key, commonName: serial)
            let body = OperationBody.provision(
                OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
            let result = try await fixture.submit(try fixture.operation(body, of: serial, sequence: 2))
            #expect(result.problem?.knownCode == problem)
        }
    }

    @Test func `a claim code is compared sealed, and trying codes through is stopped`() async throws {
        let fixture = try await RegistrarFixture()
        let identity = DeviceIdentity(product: RegistrarFixture.product, fields: ["serial": "SN-9"])
        let delivery = Delivery(identity: identity, tenant: nil, claimCode: "7F3A")
        let added = await fixture.ask(
            .add(.deliveries), as: "admin", body: try CanonicalJSON.encode(Items(items: [delivery])))
        #expect(added.status == 200)
        #expect(!String(decoding: added.body, as: UTF8.self).contains("7F3A"))

        func claim(_ code: String, _ sequence: Int) async throws -> OperationResult {
            let id = OperationID(
                milliseconds: Int64(9000 + sequence), random: [UInt8](repeating: 1, count: 10))
            let box = try HPKE.seal(
                try CanonicalJSON.encode(["claimCode": code]),
                to: try #require(Base64.decodeURL(fixture.hello.sealingKey)),
                info: Array(SealedBox.labelSecretsInfo.utf8), associatedData: Array(id.rawValue.utf8))
            let body = OperationBody.claim(
                OperationBody.Claim(
                    identity: identity,
                    sealedSecrets: SealedBox(
                        keyID: fixture.hello.sealingKeyID,
                        encapsulatedKey: Base64.encodeURL(box.encapsulatedKey),
                        ciphertext: Base64.encodeURL(box.ciphertext))))
            return try await fixture.submit(
                try fixture.operation(body, of: "SN-9", sequence: sequence, id: id))
        }
        let bare = try await fixture.submit(try fixture.operation(fixture.claim("SN-9"), of: "SN-9"))
        #expect(bare.problem?.knownCode == .claimCodeMissing)
        for sequence in 2..<12 {
            #expect(try await claim("WRONG", sequence).problem?.knownCode == .claimCodeWrong)
        }
        let locked = try await claim("7F3A", 12)
        #expect(locked.problem?.knownCode == .rateLimited)
        #expect((locked.problem?.retryAfterSeconds ?? 0) > 0)
        fixture.world.advance(seconds: 3601)
        #expect(try fixture.receipt(try await claim("7F3A", 13)).outcome == .claimed)
    }

    @Test func `what cannot be read is answered for itself, the rest of the batch is done`() async throws {
        let fixture = try await RegistrarFixture()
        let good = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let other = try fixture.operation(fixture.claim("SN-2"), of: "SN-2")
        let id = other.operation.operationID
        let items = [
            Submission.Item(operationID: id, payload: "!!"),
            Submission.Item(operationID: id, payload: Base64.encodeURL("{}".utf8)),
            Submission.Item(operationID: id, payload: Base64.encodeURL(#"{"version":99}"#.utf8)),
            Submission.Item(operationID: id, payload: Base64.encodeURL(good.payload)), Submission.Item(good),
        ]
        let response = await fixture.ask(
            .submitOperations, body: try CanonicalJSON.encode(Submission(operations: items)))
        let results = try CanonicalJSON.decode(SubmissionReply.self, from: response.body).results
        #expect(
            results.map(\.problem?.knownCode) == [
                .operationMalformed, .operationMalformed, .versionUnsupported, .operationMalformed, nil,
            ])
        #expect(results[4].receipt != nil)
    }

    @Test func `a device released by one tenant is claimed by another, who sees nothing of before`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        let release = OperationBody.release(OperationBody.Release(reason: "sold"))
        _ = try await fixture.submit(try fixture.operation(release, of: "SN-1", sequence: 2))
        let receipt = try fixture.receipt(
            try await fixture.submit(
                try fixture.operation(
                    fixture.claim("SN-1"), of: "SN-1", by: "zoe", tenant: RegistrarFixture.zebra, store: "s-2"
                ),
                by: "zoe"))
        let history: DeviceHistory = try await fixture.get(.deviceHistory(receipt.deviceID), as: "zoe")
        #expect(history.events.map(\.tenant) == [RegistrarFixture.zebra])
        #expect(await fixture.ask(.device(receipt.deviceID)).status == 404)
    }

    @Test func `the audit chain is whole and tells every operation`() async throws {
        let fixture = try await RegistrarFixture()
        let operation = try fixture.operation(fixture.claim("SN-1"), of: "SN-1")
        let receipt = try fixture.receipt(try await fixture.submit(operation))
        let (entries, broken) = try await fixture.registrar.verifyAudit()
        #expect(broken == nil && entries > 5)
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let entry = try #require(page.entries.first { $0.hash == receipt.auditHead })
        #expect(entry.subject == operation.operation.operationID.rawValue)
        #expect(try page.entries.firstBrokenLink(digest: Digest.sha256) == nil)
        let seen: AuditPage = try await fixture.get(.audit(after: 0), as: "auditor")
        #expect(seen.entries.allSatisfy { $0.detail["tenant"] == RegistrarFixture.acme.rawValue })
        #expect(await fixture.ask(.audit(after: 0)).status == 403)
    }
}
