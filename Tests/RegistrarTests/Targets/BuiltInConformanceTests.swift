import Credentials
import Model
import Registrar
import RegistrarCore
import RegistrarStore
import SQLite
import TargetCore
import TestSupport
import Testing
import Wire

/// What every target promises (`Tests/TargetsTests`), held against the registrar's own authority, which placement names as
/// `built-in`. It is no service that is called: the registrar's operations are its calls, the registrar's store is what may be
/// busy or gone. It can let in again only with a new certificate, and has nothing to say of whether a device was seen.
@Suite struct BuiltInConformanceTests {
    private let fixture: RegistrarFixture
    private let store: RegistrarStore

    init() async throws {
        fixture = try await RegistrarFixture()
        store = try RegistrarStore(
            directory: fixture.directory.path + "/registrar", digest: Digest.sha256)
        let rules = PlacementRules(.static, candidates: [PlacementCandidate(.builtIn)])
        #expect(try await fixture.registrar.setPlacementRules(rules).isEmpty)
    }

    @discardableResult
    private func claim(_ serial: String) async throws -> DeviceID {
        try fixture.receipt(
            try await fixture.submit(try fixture.operation(fixture.claim(serial), of: serial))
        ).deviceID
    }

    private func provision(
        _ serial: String, sequence: Int = 2, key: PrivateKey? = nil, by person: String = "support",
        tenant: TenantID = RegistrarFixture.acme
    ) throws -> FrozenOperation {
        let key = if let key { key } else { try PrivateKey.generate(.p256) }
        let request = try CertificateRequest.create(key: key, commonName: serial)
        return try fixture.operation(
            .provision(OperationBody.Provision(certificateRequest: Base64.encode(request.der))), of: serial,
            by: person, tenant: tenant, sequence: sequence, store: "s-\(person)")
    }

    /// The certificate that an operation brought.
    @discardableResult
    private func certificate(_ operation: FrozenOperation) async throws -> CertificateSummary {
        let receipt = try fixture.receipt(try await fixture.submit(operation))
        let chain = try #require(receipt.certificateChain)
        return try #require(try Certificate.chain(pem: chain).first).summary
    }

    private func apply(_ body: OperationBody, of serial: String, sequence: Int) async throws {
        _ = try fixture.receipt(
            try await fixture.submit(try fixture.operation(body, of: serial, sequence: sequence)))
    }

    /// How certificates stand, by the words of the answers about their status.
    private func standing(_ certificates: CertificateSummary...) async throws -> [CertificateStatus?] {
        let numbers = certificates.map(\.serialNumber)
        let known = try await store.certificateStatuses(Set(numbers))
        return numbers.map { known[$0] }
    }

    private func device(_ id: DeviceID) async throws -> DeviceRecord { try await fixture.get(.device(id)) }

    private func issued() async throws -> Int { try await store.certificateCounts().issued }

    @Test func `a device is let in once, however often it is asked for`() async throws {
        let id = try await claim("SN-1")
        let operation = try provision("SN-1")
        let first = try await fixture.submit(operation)
        for _ in 0..<3 { #expect(try await fixture.submit(operation) == first) }
        let certificate = try await certificate(operation)
        #expect(try await issued() == 1)
        let described = try await device(id)
        #expect(described.state == .provisioned && described.certificate == certificate)
        #expect(described.target == nil, "it is nowhere else")
        #expect(try await standing(certificate) == [.good])
    }

    @Test func `a device is kept out, let in again and taken away`() async throws {
        let id = try await claim("SN-1")
        let first = try await certificate(try provision("SN-1"))
        try await apply(.revoke(OperationBody.Revoke(reason: .privilegeWithdrawn)), of: "SN-1", sequence: 3)
        #expect(try await device(id).state == .claimed, "it stays known")
        let second = try await certificate(try provision("SN-1", sequence: 4))
        let time = fixture.world.time
        #expect(
            try await standing(first, second)
                == [.revoked(reasonCode: RevocationReason.privilegeWithdrawn.code, at: time), .good])
        try await apply(.release(OperationBody.Release(reason: "sold")), of: "SN-1", sequence: 5)
        #expect(
            try await standing(second)
                == [.revoked(reasonCode: RevocationReason.cessationOfOperation.code, at: time)])
    }

    @Test func `a new certificate comes beside the old one, which then goes`() async throws {
        try await claim("SN-1")
        let old = try await certificate(try provision("SN-1"))
        try await verify("SN-1", with: old, sequence: 3)
        let new = try await certificate(try provision("SN-1", sequence: 4))
        #expect(try await standing(old, new) == [.good, .good], "both work until the new one is proven")
        try await verify("SN-1", with: old, sequence: 5)
        #expect(try await standing(old, new) == [.good, .good], "that says nothing of the new one")
        try await verify("SN-1", with: new, sequence: 6)
        let ended = CertificateStatus.revoked(
            reasonCode: RevocationReason.superseded.code, at: fixture.world.time)
        #expect(try await standing(old, new) == [ended, .good])
        try await verify("SN-1", with: new, sequence: 7)
        #expect(try await standing(old, new) == [ended, .good])
    }

    private func verify(_ serial: String, with certificate: CertificateSummary, sequence: Int) async throws {
        let proof = ConnectionProof(
            device: .serial(serial, of: RegistrarFixture.product), endpoint: "mqtts://broker:8883",
            witness: .musterWithDeviceKey, extent: .authenticated, provenAt: fixture.world.time,
            certificate: certificate.fingerprint)
        try await apply(.verify(.proven(proof)), of: serial, sequence: sequence)
    }

    @Test func `a device of somebody else stays as it is`() async throws {
        let id = try await claim("SN-1")
        let key = try PrivateKey.generate(.p256)
        let certificate = try await certificate(try provision("SN-1", key: key))
        let before = try await device(id)
        let stranger = try provision("SN-1", by: "zoe", tenant: RegistrarFixture.zebra)
        #expect(try await fixture.submit(stranger, by: "zoe").problem?.knownCode == .notClaimed)
        try await claim("SN-2")
        #expect(
            try await fixture.submit(try provision("SN-2", key: key)).problem?.knownCode == .keyReused)
        #expect(try await device(id) == before)
        #expect(try await issued() == 1)
        #expect(try await standing(certificate) == [.good])
    }

    @Test func `an answer that is lost with the registrar that gave it doubles nothing`() async throws {
        try await claim("SN-1")
        let operation = try provision("SN-1")
        // It ends after its commit; another one, on the same store, is asked again.
        let first = try await fixture.submit(operation)
        let next = try Registrar(
            directory: fixture.directory.path + "/registrar", environment: fixture.world.environment)
        let body = try CanonicalJSON.encode(Submission(operations: [Submission.Item(operation)]))
        let answer = await next.handle(
            Route.submitOperations.request(token: fixture.tokens["support"], body: body))
        let again = try CanonicalJSON.decode(SubmissionReply.self, from: answer.body).results.first
        #expect(again?.receipt != nil && again?.receipt == first.receipt)
        #expect(try await issued() == 1)
    }

    @Test func `a store that is busy delays and spoils nothing`() async throws {
        try await claim("SN-1")
        let operation = try provision("SN-1")
        let other = try SQLiteConnection(path: fixture.directory.path + "/registrar/registrar.db")
        try other.execute("BEGIN IMMEDIATE")
        let body = try CanonicalJSON.encode(Submission(operations: [Submission.Item(operation)]))
        let answer = await fixture.ask(.submitOperations, body: body)
        try other.execute("ROLLBACK")
        let problem = try CanonicalJSON.decode(Problem.self, from: answer.body)
        #expect(problem.knownCode == .unavailable && problem.retryable, "\(problem)")
        #expect(try await issued() == 0)
        try await certificate(operation)
        #expect(try await issued() == 1)
    }
}
