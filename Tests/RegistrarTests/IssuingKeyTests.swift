import Credentials
import HTTPServer
import Model
import Processes
import Registrar
import RegistrarCore
import TestSupport
import Testing
import Wire

/// A registrar whose issuing key is in a TPM, with the TPM there and away.
@Suite struct IssuingKeyTests {
    private let emulated: SoftwareTPM
    private let fixture: RegistrarFixture

    init() async throws {
        emulated = try SoftwareTPM()
        fixture = try await RegistrarFixture(issuingKey: .tpm(try TPMAddress(emulated.tcti)))
    }

    private func provision(_ serial: String) throws -> FrozenOperation {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: serial)
        return try fixture.operation(
            .provision(OperationBody.Provision(certificateRequest: Base64.encode(request.der))), of: serial,
            sequence: 2)
    }

    private func claim(_ serial: String) throws -> FrozenOperation {
        try fixture.operation(fixture.claim(serial), of: serial)
    }

    private func check(_ result: OperationResult) throws {
        let chain = try Certificate.chain(
            pem: try #require(try fixture.receipt(result).certificateChain))
        try Certificate.verifyChain(
            leaf: chain[0], intermediates: [chain[1]], roots: [chain[2]],
            at: fixture.world.environment.now())
    }

    @Test func `the TPM signs certificates and lists, and no file has the key`() async throws {
        _ = try await fixture.submit(try claim("SN-1"))
        try check(try await fixture.submit(try provision("SN-1")))
        let list = try RevocationList(try await fixture.registrar.signedRevocationList())
        let issuing = try Certificate(try fixture.file("keys/issuing.pem"))
        #expect(list.isSigned(by: issuing))
        let file = String(decoding: try fixture.file("keys/issuing-key.pem"), as: UTF8.self)
        #expect(file.hasPrefix("Held by TPM: \(emulated.tcti)\n-----BEGIN TSS2 PRIVATE KEY-----"))
        #expect(try await fixture.registrar.standing().issuingKey == "in the TPM at \(emulated.tcti)")
        #expect(try await fixture.registrar.standing().issuingKeyFault == nil)
    }

    @Test func `while the TPM is away certificates wait, and all else is received`() async throws {
        _ = try await fixture.submit(try claim("SN-1"))
        let waiting = try provision("SN-1")
        try emulated.stop()
        let results = try await fixture.submit([waiting, try claim("SN-2")])
        let problem = try #require(results[0].problem)
        #expect(problem.knownCode == .inProgress && problem.retryAfterSeconds == 60)
        #expect(problem.detail.contains("The TPM was not used"))
        #expect(try fixture.receipt(results[1]).outcome == .claimed)
        #expect(try await fixture.registrar.standing().issuingKeyFault?.id == "tpm_missing")
        try emulated.start()
        try check(try await fixture.submit(waiting))
    }

    @Test func `a TPM that was set up anew does not pass for the old one`() async throws {
        _ = try await fixture.submit(try claim("SN-1"))
        let waiting = try provision("SN-1")
        try emulated.reset()
        #expect(try await fixture.submit(waiting).problem?.knownCode == .inProgress)
        #expect(try await fixture.registrar.standing().issuingKeyFault?.id == "tpm_not_its_own")
    }

    private static let listening = Registrar.Listening(
        address: "127.0.0.1", port: 0, hostNames: ["localhost", "127.0.0.1"])

    @Test func `a registrar whose TPM is away starts with the certificate of its last start`() async throws {
        try emulated.stop()
        #expect {
            try fixture.registrar.serve(Self.listening)
        } throws: {
            ($0 as? RegistrarError)?.explanation.id == "tpm_missing"
        }
        try emulated.start()
        let first = try fixture.registrar.serve(Self.listening)
        await first.stop()
        let kept = try fixture.file("keys/server.pem")
        try emulated.stop()
        let again = try fixture.registrar.serve(Self.listening)
        await again.stop()
        #expect(try fixture.file("keys/server.pem") == kept)
        // Not for other names, and not when it has ended.
        let other = Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["other.example"])
        #expect(throws: RegistrarError.self) { try fixture.registrar.serve(other) }
        fixture.world.advance(seconds: 400 * 86_400)
        #expect(throws: RegistrarError.self) { try fixture.registrar.serve(Self.listening) }
    }

    @Test func `under a passphrase everything of it lies sealed`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("sealed")
        let environment = fixture.world.environment
        try Registrar.make(
            directory: path, name: "Sealed", environment: environment,
            passphrase: .of("correct horse battery staple"), issuingKey: .tpm(try TPMAddress(emulated.tcti)))
        let registrar = try Registrar(
            directory: path, environment: environment, passphrase: .of("correct horse battery staple"))
        let server = try registrar.serve(Self.listening)
        await server.stop()
        #expect(try Registrar.areKeysSealed(directory: path))
        for name in ["issuing-key.pem", "server-key.pem"] {
            let text = String(decoding: try Files.read("\(path)/keys/\(name)", limit: 1 << 16), as: UTF8.self)
            #expect(!text.contains("BEGIN") && text.contains("ciphertext"))
        }
        try emulated.stop()
        let again = try registrar.serve(Self.listening)
        await again.stop()
    }
}
