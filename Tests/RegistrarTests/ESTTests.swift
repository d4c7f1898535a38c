import Credentials
import Foundation
import Model
import Registrar
import Synchronization
import TestSupport
import Testing
import Wire

/// A registrar that has an authority outside issue, against a small EST server.
@Suite struct ESTTests {
    private let fixture: RegistrarFixture
    private let peer: ESTPeer
    private let key: PrivateKey

    init() async throws {
        fixture = try await RegistrarFixture()
        peer = try ESTPeer(at: RegistrarWorld.start)
        key = try PrivateKey.generate(.p256)
        _ = try fixture.receipt(
            try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1")))
    }

    private func provision(sequence: Int = 2, key: PrivateKey? = nil) throws -> FrozenOperation {
        let request = try CertificateRequest.create(key: key ?? self.key, commonName: "SN-1")
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
        return try fixture.operation(body, of: "SN-1", sequence: sequence)
    }

    private var enrolments: [String] {
        peer.state.withLock { $0.calls.map(\.path) }.filter { $0.contains("enroll") }.map {
            String($0.split(separator: "/").last ?? "")
        }
    }

    private func behave(_ behaviour: ESTPeer.Behaviour) { peer.state.withLock { $0.behaviour = behaviour } }

    @Test func `the authority issues, the receipt has its chain, and the list and answers here leave it out`()
        async throws
    {
        let names = try await fixture.registrar.setIssuer(try peer.settings())
        #expect(Set(names) == ["Acme CA issuing", "Acme CA root"])
        let receipt = try fixture.receipt(try await fixture.submit(try provision()))
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        #expect(chain.map(\.summary.subject) == ["SN-1", "Acme CA issuing", "Acme CA root"])
        #expect(try chain[0].summary.publicKeyHash == key.publicKeyHash)
        let device: DeviceRecord = try await fixture.get(.device(receipt.deviceID))
        #expect(device.certificate?.issuer == "Acme CA issuing")
        #expect(enrolments == ["simpleenroll"])
        #expect(try await fixture.registrar.standing().externalIssuer != nil)

        // A renewal of the same name says so, and another key is another request.
        let renewed = try fixture.receipt(
            try await fixture.submit(try provision(sequence: 3, key: .generate(.p256))))
        #expect(renewed.outcome == .provisioned && enrolments == ["simpleenroll", "simplereenroll"])

        let revoke = OperationBody.revoke(OperationBody.Revoke(reason: .superseded))
        _ = try fixture.receipt(
            try await fixture.submit(try fixture.operation(revoke, of: "SN-1", sequence: 4)))
        let command = try OpenSSLCommand()
        let list = await fixture.registrar.handle(Route.revocationList.request()).body
        try command.write(Base64.encode(list), to: "crl.b64")
        try command.output(of: "base64 -d -A -in …/crl.b64 -out …/crl.der")
        #expect(
            try command.output(of: "crl -inform DER -in …/crl.der -noout -text").contains(
                "No Revoked Certificates"))

        try await fixture.registrar.setIssuer(nil)
        let own = try fixture.receipt(
            try await fixture.submit(try provision(sequence: 5, key: .generate(.p256))))
        let ownChain = try Certificate.chain(pem: try #require(own.certificateChain))
        #expect(ownChain[1].summary.subject == "Test registrar issuing")
        await peer.stop()
    }

    @Test func `while the authority has it in hand the operation waits, and is not asked about too early`()
        async throws
    {
        try await fixture.registrar.setIssuer(try peer.settings())
        behave(.waits(2, retryAfter: "120"))
        let operation = try provision()
        func answer() async throws -> OperationResult { try await fixture.submit(operation) }
        let first = try await answer()
        #expect(first.problem?.knownCode == .inProgress && first.problem?.retryable == true)
        #expect(first.problem?.retryAfterSeconds == 120)
        #expect(try await answer().problem?.retryAfterSeconds == 120)
        let asked: OperationResult = try await fixture.get(.operation(operation.operation.operationID))
        #expect(asked.problem?.knownCode == .inProgress)
        #expect(enrolments.count == 1)
        fixture.world.advance(seconds: 119)
        #expect(try await answer().problem?.retryAfterSeconds == 1)
        #expect(enrolments.count == 1)
        fixture.world.advance(seconds: 1)
        #expect(try await answer().problem?.knownCode == .inProgress)
        fixture.world.advance(seconds: 120)
        #expect(try fixture.receipt(try await answer()).outcome == .provisioned)
        let bodies = peer.state.withLock { $0.calls.filter { $0.path.contains("enroll") }.map(\.body) }
        #expect(bodies.count == 3 && Set(bodies).count == 1)
        #expect(try fixture.receipt(try await answer()).outcome == .provisioned)
        #expect(enrolments.count == 3)
        await peer.stop()
    }

    @Test func `what was sent and not answered is not sent again at once, also by another process`()
        async throws
    {
        try await fixture.registrar.setIssuer(try peer.settings())
        behave(.forgetsToAnswer)
        let operation = try provision()
        #expect(try await fixture.submit(operation).problem?.knownCode == .inProgress)
        behave(.issues)
        let other = try Registrar(
            directory: fixture.directory.path + "/registrar", environment: fixture.world.environment)
        let body = try CanonicalJSON.encode(Submission(operations: [Submission.Item(operation)]))
        let request = Route.submitOperations.request(token: fixture.tokens["support"], body: body)
        #expect(await other.handle(request).status == 200)
        #expect(enrolments.count == 1)
        fixture.world.advance(seconds: 60)
        #expect(try fixture.receipt(try await fixture.submit(operation)).outcome == .provisioned)
        #expect(enrolments.count == 2)
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let actions = page.entries.map(\.action).filter { $0.hasPrefix("enrolment") }
        #expect(actions == ["enrolment_sent", "enrolment_repeated", "enrolment_issued"])
        await peer.stop()
    }

    @Test func `what the authority refuses, or issues wrongly, is refused and stays so`() async throws {
        try await fixture.registrar.setIssuer(try peer.settings())
        let cases: [ESTPeer.Behaviour] = [
            .answers(status: 400, body: "no"), .takesOtherKey, .usesOtherAuthority,
        ]
        for (index, behaviour) in cases.enumerated() {
            behave(behaviour)
            let operation = try provision(sequence: 2 + index)
            let refused = try await fixture.submit(operation)
            #expect(refused.problem?.knownCode == .certificateRequestRefused, "\(behaviour)")
            behave(.issues)
            #expect(try await fixture.submit(operation).problem?.knownCode == .certificateRequestRefused)
            #expect(enrolments.count == index + 1)
        }
        #expect(
            try fixture.receipt(try await fixture.submit(try provision(sequence: 9))).outcome == .provisioned)
        await peer.stop()
    }

    @Test(arguments: [
        (302, ""), (401, ""), (503, "later"), (200, "<html>"), (200, ""), (200, "MAA="), (204, ""),
    ])
    func `an answer that is none leaves the operation open, and nothing is followed`(
        _ status: Int, _ body: String
    ) async throws {
        try await fixture.registrar.setIssuer(try peer.settings())
        behave(.answers(status: status, body: body))
        let operation = try provision()
        let open = try await fixture.submit(operation)
        #expect(open.problem?.knownCode == .inProgress)
        #expect(!peer.state.withLock { $0.calls }.contains { $0.path == "/elsewhere" })
        behave(.issues)
        fixture.world.advance(seconds: 61)
        #expect(try fixture.receipt(try await fixture.submit(operation)).outcome == .provisioned)
        await peer.stop()
    }

    @Test func `settings that cannot be used are refused by name, and nothing changes`() async throws {
        func fault(_ settings: ESTSettings) async -> String? {
            do {
                try await fixture.registrar.setIssuer(settings)
                return nil
            } catch { return error.explanation.id }
        }
        var settings = try peer.settings()
        settings.url = PublicURL(trusted: "http://127.0.0.1:1")
        #expect(await fault(settings) == "issuer_settings")
        settings = try peer.settings()
        settings.passwordFile = nil
        #expect(await fault(settings) == "issuer_settings")
        settings = try peer.settings()
        settings.root = try CertificateAuthority.makeRoot(
            name: "Other", notBefore: Timestamp(milliseconds: 0),
            notAfter: Timestamp(milliseconds: 4_000_000_000_000)
        ).certificate.pem
        #expect(await fault(settings) == "not_trusted")
        settings = try peer.settings()
        #expect(chmod(try #require(settings.passwordFile), 0o644) == 0)
        #expect(await fault(settings) == "issuer_file_open")
        await peer.stop()
        #expect(await fault(try peer.settings()) == "not_reached")
        #expect(try await fixture.registrar.issuer() == nil)
    }

    @Test func `who may not act causes no request at the authority`() async throws {
        try await fixture.registrar.setIssuer(try peer.settings())
        let refused = try await fixture.submit([try provision()], by: "zoe")
        #expect(refused.first?.problem?.knownCode != .inProgress)
        #expect(enrolments.isEmpty)
        await peer.stop()
    }
}
