import CTLSHandshake
import CTPM
import Credentials
import Glibc
import Model
import TestSupport
import Testing

/// TLS with a client whose key a TPM holds.
@Suite struct TPMHandshakeTests {
    private let emulated: SoftwareTPM
    private let root: CertificateAuthority
    private let server: (certificate: Certificate, key: PrivateKey)
    private static let end = Timestamp.noon.advanced(bySeconds: 86_400)

    init() throws {
        emulated = try SoftwareTPM()
        root = try CertificateAuthority.makeRoot(name: "Acme root", notBefore: .noon, notAfter: Self.end)
        let key = try PrivateKey.generate(.p256)
        server = (
            try root.issueServer(key: key, hostNames: ["localhost"], notBefore: .noon, notAfter: Self.end),
            key
        )
    }

    private func verifiedClient(_ key: PrivateKey, _ certificate: Certificate, is13: Bool) throws -> String {
        let file = try key.pem.unredacted
        var object = ctpm_object()
        var pointer: OpaquePointer?
        try #require(ctpm_read_key(file, file.utf8.count, &object).outcome == CTPM_DONE)
        try #require(ctpm_open_key(emulated.tcti, &object, &pointer).outcome == CTPM_DONE)
        let texts = [
            try certificate.pem, try server.certificate.pem, try server.key.pem.unredacted,
            try root.certificate.pem,
        ].map { text in text.withCString { strdup($0) } }
        defer { texts.forEach { free($0) } }
        var sides = ctls_sides(
            key: pointer, certificate: texts[0], server_certificate: texts[1], server_key: texts[2],
            root: texts[3])
        let name = ctls_verified_client(&sides, is13 ? 1 : 0)
        defer { free(name) }
        return String(cString: try #require(name))
    }

    @Test(arguments: [KeyKind.p256, .p384], [false, true])
    func `a server verifies a client by its key in the TPM`(_ kind: KeyKind, _ is13: Bool) throws {
        let tpm = TPM(at: try TPMAddress(emulated.tcti))
        let key = try tpm.makeKey(kind)
        let request = try CertificateRequest.create(key: key, commonName: "NL-1")
        let certificate = try root.issueDevice(
            for: request, commonName: "NL-1", notBefore: .noon, notAfter: Self.end)
        #expect(try verifiedClient(key, certificate, is13: is13) == "NL-1")
        // The certificate alone proves nothing.
        #expect(try verifiedClient(try tpm.makeKey(kind), certificate, is13: is13).isEmpty)
    }
}
