import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

/// Certificates that are trusted no longer: the operation, the signed list, and what `openssl` makes of it.
@Suite struct RevocationTests {
    private let fixture: RegistrarFixture
    private let command: OpenSSLCommand

    init() async throws {
        fixture = try await RegistrarFixture()
        command = try OpenSSLCommand()
    }

    private func provision(_ serial: String, key: PrivateKey, sequence: Int = 2) async throws
        -> OperationResult
    {
        let request = try CertificateRequest.create(key: key, commonName: serial)
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
        return try await fixture.submit(try fixture.operation(body, of: serial, sequence: sequence))
    }

    /// Claims a device, has a certificate issued for it and writes the chain for openssl.
    @discardableResult
    private func commission(_ serial: String, key: PrivateKey? = nil) async throws -> Certificate {
        _ = try await fixture.submit(try fixture.operation(fixture.claim(serial), of: serial))
        let key = if let key { key } else { try PrivateKey.generate(.p256) }
        let receipt = try fixture.receipt(try await provision(serial, key: key))
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        try command.write(try chain[0].pem, to: "\(serial).pem")
        try command.write(try chain[1].pem, to: "issuing.pem")
        try command.write(try chain[2].pem, to: "root.pem")
        return chain[0]
    }

    private func revoke(
        _ serial: String, _ reason: RevocationReason, sequence: Int = 3, by person: String = "support"
    ) async throws -> OperationResult {
        let body = OperationBody.revoke(OperationBody.Revoke(reason: reason, text: "stolen"))
        return try await fixture.submit(
            try fixture.operation(body, of: serial, by: person, sequence: sequence), by: person)
    }

    /// The list as it is served to anybody, in DER.
    private func list() async throws -> [UInt8] {
        let response = await fixture.registrar.handle(Route.revocationList.request())
        #expect(response.status == 200 && response.contentType == "application/pkix-crl")
        return response.body
    }

    private func text(of list: [UInt8]) throws -> String {
        try command.write(Base64.encode(list), to: "crl.b64")
        try command.output(of: "base64 -d -A -in …/crl.b64 -out …/crl.der")
        try command.output(of: "crl -inform DER -in …/crl.der -out …/crl.pem")
        return try command.output(of: "crl -in …/crl.pem -noout -text")
    }

    private func opensslTrusts(_ serial: String) throws -> Bool {
        let time = RegistrarWorld.start.milliseconds / 1000 + 60
        let run = try command.run(
            "verify -crl_check -attime \(time) -CAfile …/root.pem -untrusted …/issuing.pem -CRLfile …/crl.pem "
                + "…/\(serial).pem")
        if run.code != 0 { #expect((run.output + run.errors).contains("certificate revoked")) }
        return run.code == 0
    }

    @Test func `openssl trusts a device until it is revoked, and the other one still`() async throws {
        let stolen = try await commission("SN-1")
        try await commission("SN-2")
        let before = try text(of: try await list())
        #expect(before.contains("No Revoked Certificates"))
        #expect(try opensslTrusts("SN-1") && opensslTrusts("SN-2"))

        let receipt = try fixture.receipt(try await revoke("SN-1", .keyCompromise))
        #expect(receipt.outcome == .revoked)
        let device: DeviceRecord = try await fixture.get(.device(receipt.deviceID))
        #expect(
            device.state == .claimed && device.certificate == nil && device.tenant == RegistrarFixture.acme)

        let after = try text(of: try await list())
        #expect(after.uppercased().contains("SERIAL NUMBER: \(stolen.summary.serialNumber.uppercased())"))
        #expect(after.contains("Key Compromise") && after.contains("X509v3 CRL Number"))
        #expect(after.contains("Issuer: CN = Test registrar issuing"))
        #expect(try !opensslTrusts("SN-1") && opensslTrusts("SN-2"))
        let verified = try command.run("crl -in …/crl.pem -noout -CAfile …/issuing.pem")
        #expect((verified.output + verified.errors).contains("verify OK"))
    }

    @Test func `a device that is released is trusted no longer`() async throws {
        try await commission("SN-1")
        let release = OperationBody.release(OperationBody.Release(reason: "sold"))
        _ = try fixture.receipt(
            try await fixture.submit(try fixture.operation(release, of: "SN-1", sequence: 3)))
        #expect(try text(of: try await list()).contains("Cessation Of Operation"))
        #expect(try !opensslTrusts("SN-1"))
    }

    @Test func `after a compromise only a new key is certified, after another reason the same one too`()
        async throws
    {
        let (stolen, moved) = (try PrivateKey.generate(.p256), try PrivateKey.generate(.p256))
        try await commission("SN-1", key: stolen)
        try await commission("SN-2", key: moved)
        _ = try fixture.receipt(try await revoke("SN-1", .keyCompromise))
        _ = try fixture.receipt(try await revoke("SN-2", .superseded))
        let refused = try await provision("SN-1", key: stolen, sequence: 4)
        #expect(refused.problem?.knownCode == .certificateRequestRefused)
        #expect(refused.problem?.detail.contains("new one") == true)
        #expect(
            try fixture.receipt(try await provision("SN-1", key: .generate(.p384), sequence: 5)).outcome
                == .provisioned)
        #expect(
            try fixture.receipt(try await provision("SN-2", key: moved, sequence: 4)).outcome
                == .provisioned)
    }

    @Test func `an installer may not revoke, and without a certificate nothing changes`() async throws {
        try await commission("SN-1")
        let refused = try await revoke("SN-1", .superseded, by: "installer")
        #expect(refused.problem?.knownCode == .notAuthorised)
        #expect(try text(of: try await list()).contains("No Revoked Certificates"))
        let first = try fixture.receipt(try await revoke("SN-1", .superseded, sequence: 4))
        let second = try fixture.receipt(try await revoke("SN-1", .keyCompromise, sequence: 5))
        #expect(second.outcome == .revoked && second.deviceVersion == first.deviceVersion)
    }

    @Test func `a list is signed once a day, at once when something was revoked, and its number grows`()
        async throws
    {
        try await commission("SN-1")
        let first = try await list()
        fixture.world.advance(seconds: 86_000)
        #expect(try await list() == first)
        fixture.world.advance(seconds: 1000)
        let second = try await list()
        #expect(second != first)
        #expect(try text(of: second).contains("CRL Number: \n                2"))
        _ = try await revoke("SN-1", .superseded)
        let third = try await list()
        #expect(third != second)
        #expect(try text(of: third).contains("Superseded"))
        // A certificate that has ended is trusted by nobody; it leaves the list.
        fixture.world.advance(seconds: 731 * 86_400)
        #expect(try text(of: try await list()).contains("No Revoked Certificates"))
    }
}
