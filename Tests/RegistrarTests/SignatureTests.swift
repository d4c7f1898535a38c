import Credentials
import Model
import Registrar
import RegistrarCore
import TestSupport
import Testing
import Wire

/// Operations that the operator who acted has signed, whoever brings them.
@Suite struct SignatureTests {
    private let fixture: RegistrarFixture
    /// The key of `installer`, known to the registrar.
    private let signer: TestSigner

    init() async throws {
        fixture = try await RegistrarFixture()
        signer = try TestSigner("installer")
        let key: OperatorKey = try await Self.register(signer, as: "installer", fixture)
        try #require(key.keyID == signer.keyID && key.operatorID == signer.operatorID)
    }

    private static func register(
        _ signer: TestSigner, as person: String, _ fixture: RegistrarFixture
    ) async throws -> OperatorKey {
        let offer = try CanonicalJSON.encode(try signer.offer(to: fixture.hello.registrar))
        let response = await fixture.ask(.registerKey, as: person, body: offer)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try CanonicalJSON.decode(OperatorKey.self, from: response.body)
    }

    private func submit(
        _ frozen: FrozenOperation, _ signature: OperationSignature?, by person: String
    ) async throws -> OperationResult {
        let item = Submission.Item(frozen, signature: signature)
        let body = try CanonicalJSON.encode(Submission(operations: [item]))
        let response = await fixture.ask(.submitOperations, as: person, body: body)
        let document = try APIDocument(RegistrarFixture.document)
        #expect(try document.faults(inRequest: body, of: "POST /v1/operations") == [])
        return try #require(
            try CanonicalJSON.decode(SubmissionReply.self, from: response.body).results.first)
    }

    private func audit() async throws -> [AuditEntry] {
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        return page.entries
    }

    @Test func `what one captured and another brings is accepted by the rights of who captured it`()
        async throws
    {
        // Zoe serves another tenant and may do nothing here herself.
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        let signature = try #require(try signer.signer.signature(of: claim))
        let result = try await submit(claim, signature, by: "zoe")
        #expect(try fixture.receipt(result).outcome == .claimed)
        let entry = try #require(try await audit().first { $0.action == "operation_applied" })
        #expect(entry.actor == signer.operatorID && entry.detail["carriedBy"] == "zoe")
        #expect(entry.detail["signedWith"] == signer.keyID.rawValue)
        // Again, by whomever: the same receipt.
        #expect(try await submit(claim, signature, by: "support") == result)
        #expect(try await submit(claim, signature, by: "installer") == result)
        // An auditor brings it too: judged is who acted. And what an auditor does is refused though an admin brings it.
        let auditor = try TestSigner("auditor")
        _ = try await Self.register(auditor, as: "auditor", fixture)
        let note = try fixture.operation(.note(.init(text: "x")), of: "SN-1", by: "auditor", sequence: 2)
        let refused = try await submit(note, try auditor.signer.signature(of: note), by: "admin")
        #expect(refused.problem?.knownCode == .notAuthorised)
    }

    @Test func `without the signature another's operation is not taken, the maker's own is`() async throws {
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        #expect(try await submit(claim, nil, by: "support").problem?.knownCode == .operatorMismatch)
        #expect(try await submit(claim, nil, by: "installer").receipt != nil)
    }

    @Test func `changed bytes, another's key and a signature for another purpose are refused and noted`()
        async throws
    {
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        let other = try fixture.operation(fixture.claim("SN-2"), of: "SN-2", by: "installer")
        let support = try TestSigner("support")
        _ = try await Self.register(support, as: "support", fixture)
        let bare = OperationSignature(
            keyID: signer.keyID, value: Base64.encodeURL(try signer.key.sign(claim.payload)))
        let false4: [OperationSignature] = [
            try signer.signature(over: other.payload), try support.signature(over: claim.payload), bare,
            OperationSignature(keyID: signer.keyID, value: "!!"),
        ]
        for signature in false4 {
            for person in ["installer", "support"] {
                let result = try await submit(claim, signature, by: person)
                #expect(result.problem?.knownCode == .signatureFalse)
            }
        }
        let noted = try await audit().filter { $0.action == "signature_false" }
        #expect(noted.count == 8 && noted.allSatisfy { $0.detail["code"] == nil })
        #expect(noted.contains { $0.actor == support.operatorID && $0.detail["operator"] == "installer" })
        // Nothing of it occupies the id, and nothing took effect.
        let list: DeviceList = try await fixture.get(.findDevices(query: "SN-1", tenant: nil))
        #expect(list.devices.isEmpty)
        #expect(try await submit(claim, try signer.signer.signature(of: claim), by: "support").receipt != nil)
    }

    @Test func `a key that is not known waits, and the operation is taken once it is`() async throws {
        let late = try TestSigner("installer")
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        let signature = try late.signature(over: claim.payload)
        let waits = try await submit(claim, signature, by: "support")
        #expect(waits.problem?.knownCode == .signingKeyUnknown && waits.problem?.retryable == true)
        _ = try await Self.register(late, as: "installer", fixture)
        #expect(try await submit(claim, signature, by: "support").receipt != nil)
    }

    @Test func `an ended key signs nothing more, a receipt of before stays, and nobody ends another's`()
        async throws
    {
        let first = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        let signed = try signer.signature(over: first.payload)
        let done = try await submit(first, signed, by: "installer")
        for person in ["support", "zoe", "auditor"] {
            #expect(await fixture.ask(.revokeKey(signer.keyID), as: person).status == 404)
        }
        #expect(await fixture.ask(.operatorKeys(signer.operatorID), as: "support").status == 403)
        let revoked = await fixture.ask(.revokeKey(signer.keyID), as: "admin")
        #expect(revoked.status == 200)
        let key = try CanonicalJSON.decode(OperatorKey.self, from: revoked.body)
        #expect(key.revoked && key.until == RegistrarWorld.start)
        fixture.world.advance(seconds: 60)
        // Ending it twice, or offering it again, changes nothing.
        #expect(await fixture.ask(.revokeKey(signer.keyID), as: "installer").body == revoked.body)
        #expect(try await Self.register(signer, as: "installer", fixture) == key)
        let second = try fixture.operation(fixture.claim("SN-2"), of: "SN-2", by: "installer")
        for person in ["installer", "support"] {
            let result = try await submit(second, try signer.signature(over: second.payload), by: person)
            #expect(result.problem?.knownCode == .signingKeyRevoked)
        }
        let asked: OperationResult = try await fixture.get(
            .operation(first.operation.operationID), as: "installer")
        #expect(asked == done)
        let actions = try await audit().map(\.action)
        #expect(actions.contains("operator_key_revoked") && actions.contains("signing_key_revoked"))
        let own: Items<OperatorKey> = try await fixture.get(
            .operatorKeys(signer.operatorID), as: "installer")
        #expect(own.items == [key])
    }

    @Test func `nobody offers a key without its private half, nor another's as their own`() async throws {
        let registrar = fixture.hello.registrar
        let other = try TestSigner("support")
        var offers = [try signer.offer(to: registrar), try other.offer(to: RegistrarID(trusted: "r-2"))]
        offers.append(
            OperatorKeyOffer(
                publicKey: try other.offer(to: registrar).publicKey,
                proof: try signer.offer(to: registrar, as: "support").proof))
        for offer in offers {
            let response = await fixture.ask(
                .registerKey, as: "support", body: try CanonicalJSON.encode(offer))
            #expect(response.status == 400)
        }
        let taken = try signer.offer(to: registrar, as: "support")
        let response = await fixture.ask(
            .registerKey, as: "support", body: try CanonicalJSON.encode(taken))
        #expect(response.status == 409)
    }

    @Test func `a registrar that requires signatures takes nothing without one`() async throws {
        let strict = try Registrar(
            directory: fixture.directory.path + "/registrar", environment: fixture.world.environment,
            policy: SigningPolicy(requiresSignatures: true))
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        func ask(_ signature: OperationSignature?) async throws -> OperationResult {
            let body = try CanonicalJSON.encode(
                Submission(operations: [Submission.Item(claim, signature: signature)]))
            let request = Route.submitOperations.request(token: fixture.tokens["installer"], body: body)
            let response = await strict.handle(request)
            return try #require(
                try CanonicalJSON.decode(SubmissionReply.self, from: response.body).results.first)
        }
        #expect(try await ask(nil).problem?.knownCode == .operationUnsigned)
        #expect(try await ask(try signer.signature(over: claim.payload)).receipt != nil)
    }
}
