import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

/// Requests that `openssl` made with each kind of key, answered by the registrar, and its certificates read by `openssl`.
@Suite struct KeyKindTests {
    private func provision(_ request: [UInt8], _ fixture: RegistrarFixture) async throws -> OperationResult {
        _ = try await fixture.submit(try fixture.operation(fixture.claim("SN-1"), of: "SN-1"))
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(try CertificateRequest(request).der)))
        return try await fixture.submit(try fixture.operation(body, of: "SN-1", sequence: 2))
    }

    @Test(arguments: [
        "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384", "ed25519", "rsa:2048",
        "rsa:3072",
    ]) func `a request that openssl made gets a certificate that openssl verifies`(_ key: String) async throws
    {
        let command = try OpenSSLCommand()
        try command.output(
            of: "req -new -newkey \(key) -nodes -keyout …/key.pem -subj /CN=SN-1 -out …/device.csr")
        let fixture = try await RegistrarFixture()
        let result = try await provision(try command.bytes("device.csr"), fixture)
        let receipt = try fixture.receipt(result)
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        try command.write(try chain[0].pem, to: "device.pem")
        try command.write(try chain[1].pem, to: "issuing.pem")
        try command.write(try chain[2].pem, to: "root.pem")
        let time = receipt.appliedAt.milliseconds / 1000 + 60
        try command.output(
            of: "verify -x509_strict -purpose sslclient -attime \(time) -CAfile …/root.pem "
                + "-untrusted …/issuing.pem …/device.pem")
        // The certificate is for the key that the device kept.
        let certified = try command.output(of: "x509 -in …/device.pem -noout -pubkey")
        #expect(try command.output(of: "pkey -in …/key.pem -pubout") == certified)
    }

    @Test(arguments: [
        "rsa:1024", "ec -pkeyopt ec_paramgen_curve:P-521", "ec -pkeyopt ec_paramgen_curve:secp256k1",
    ])
    func `a request with a key that is not taken is refused by name`(_ key: String) async throws {
        let command = try OpenSSLCommand()
        try command.output(
            of: "req -new -newkey \(key) -nodes -keyout …/key.pem -subj /CN=SN-1 -out …/device.csr")
        let result = try await provision(try command.bytes("device.csr"), try await RegistrarFixture())
        #expect(result.problem?.knownCode == .certificateRequestRefused)
    }
}
