import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// `muster-registrar issuer`: what cannot be an issuer is refused by name, and the registrar's own issues on.
@Suite struct IssuerTests {
    private let home: Home

    init() throws {
        home = try Home()
        try #require(try home.registrar("init --directory reg --name Acme").code == 0)
        let root = try CertificateAuthority.makeRoot(
            name: "Acme CA", notBefore: Timestamp(milliseconds: 0),
            notAfter: Timestamp(milliseconds: 4_000_000_000_000))
        _ = try home.write(try root.certificate.pem, to: "root.pem")
        _ = try home.write("no certificate", to: "words.txt")
        _ = try home.write("secret", to: "password")
    }

    @Test(
        arguments: [
            ("--root root.pem", 64, "usage"), ("--url https://127.0.0.1:1", 64, "usage"),
            ("--url ftp://x --root root.pem", 64, "usage"),
            ("--url https://127.0.0.1:1 --root words.txt", 65, "credential_unreadable"),
            ("--url http://127.0.0.1:1 --root root.pem", 1, "issuer_settings"),
            ("--url https://127.0.0.1:1 --root root.pem --user x", 1, "issuer_settings"),
            ("--url https://127.0.0.1:1 --root root.pem --certificate root.pem", 1, "issuer_settings"),
            (
                "--url https://127.0.0.1:1 --root root.pem --user x --password-file password", 1,
                "issuer_file_open"
            ),
            ("--url https://127.0.0.1:1 --root root.pem", 1, "not_reached"),
        ] as [(String, Int32, String)])
    func `settings that cannot be used are refused, and nothing changes`(
        _ options: String, _ code: Int32, _ id: String
    ) throws {
        try #require(chmod(home.directory.file("password"), 0o644) == 0)
        let refused = try home.registrar("issuer est --directory reg " + options)
        #expect(
            refused.code == code && refused.errors.contains("[\(id)]"), "\(refused.errors)")
        #expect(!refused.errors.contains("secret"))
        let status = try #require(try home.registrar("status --json --directory reg").objects.first)
        #expect(status["externalIssuer"] == nil && status["issuer"] as? String == "Acme issuing")
    }

    @Test func `the registrar's own authority can be chosen again at any time`() throws {
        let chosen = try home.registrar("issuer built-in --directory reg --json")
        #expect(chosen.code == 0)
        #expect(try chosen.objects.first?["issuer"] as? String == "built-in")
    }
}
