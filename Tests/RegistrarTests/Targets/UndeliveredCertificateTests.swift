import AzureIoT
import Model
import Registrar
import TestSupport
import Testing
import Wire

/// Certificates that the registrar's authority issued for a target that did not take the device.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct UndeliveredCertificateTests {
    @Test func `it is among the issued and the revoked, on the signed list, from the refusal on`()
        async throws
    {
        let (fixture, peer) = (try await HubFixture(), try HubFixture.peer("eu"))
        try await fixture.add("eu", peer, proof: .thumbprint)
        try await fixture.place("eu")
        // A hub takes no blanks in names.
        try await fixture.claim("SN 1")
        let registrar = fixture.registrar.registrar
        let refused = try await fixture.send(fixture.certify("SN 1"), for: 10)
        #expect(refused.problem?.knownCode == .targetRefused, "\(refused.problem?.detail ?? "")")
        let standing = try await registrar.standing()
        #expect(standing.certificatesIssued == 1 && standing.certificatesRevoked == 1)

        let command = try OpenSSLCommand()
        let list = await registrar.handle(Route.revocationList.request()).body
        try command.write(Base64.encode(list), to: "crl.b64")
        try command.output(of: "base64 -d -A -in …/crl.b64 -out …/crl.der")
        let text = try command.output(of: "crl -inform DER -in …/crl.der -noout -text")
        #expect(text.split(separator: "Serial Number:").count == 2, "\(text)")
        #expect(text.contains("Cessation Of Operation"))

        // The device gets another one elsewhere with a name that is taken, and that one is good.
        try await fixture.claim("SN-2")
        #expect(try fixture.place(try await fixture.send(fixture.certify("SN-2"), for: 10)) == "eu")
        let after = try await registrar.standing()
        #expect(after.certificatesIssued == 2 && after.certificatesRevoked == 1)
        #expect(try await registrar.verifyAudit().broken == nil)
    }
}
