import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// Where certificates point to, and what is learned there, with the real programs.
@Suite struct CertificateStatusTests {
    private let home: Home
    private let server: Server

    init() throws {
        home = try Home()
        try home.makeTeamRegistrar()
        let first = try Server(home, directory: "reg")
        let url = "https://127.0.0.1:\(first.port)"
        try first.stop()
        server = try Server(
            home, directory: "reg", listen: "127.0.0.1:\(first.port)", options: ["--public-url", url])
        for line in ["pairing jk --directory reg --url \(url) --output jk.pairing"] {
            try #require(try home.registrar(line).code == 0)
        }
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
        let request = try CertificateRequest.create(key: try .generate(.p256), commonName: "SN-1")
        _ = try home.write(request.pem, to: "device.csr")
        let done = try home.muster("commission --serial SN-1 --csr device.csr --certificate chain.pem")
        try #require(done.code == 0, "\(done.errors)")
        let chain = try Certificate.chain(pem: try home.contents("chain.pem"))
        _ = try home.write(try chain[0].pem, to: "leaf.pem")
        _ = try home.write(try chain[2].pem, to: "root.pem")
    }

    private func statuses(_ finished: Finished) throws -> [[String: Any]] {
        let items = try #require(try finished.objects.first?["items"] as? [[String: Any]])
        return items.flatMap { $0["statuses"] as? [[String: Any]] ?? [] }
    }

    @Test func `the responder and the list that a certificate names tell whether it was revoked`() throws {
        let url = "https://127.0.0.1:\(server.port)"
        let line = "lint --json chain.pem --root root.pem --ocsp --crl \(url)/v1/crl"
        let good = try home.muster(line)
        #expect(good.code == 0, "\(good.output)\(good.errors)")
        #expect(try statuses(good).map { $0["status"] as? String } == ["good", "good"])
        let text = try home.muster("lint chain.pem --root root.pem --ocsp")
        #expect(text.output.contains("Not revoked, says \(url)/v1/ocsp"), "\(text.output)")
        #expect(text.output.contains("[status_address]"), "loopback is nowhere that others can ask")

        #expect(try home.muster("revoke SN-1 --reason keyCompromise --text stolen").code == 0)
        let revoked = try home.muster(line)
        #expect(revoked.code == 65)
        let said = try statuses(revoked)
        #expect(said.map { $0["status"] as? String } == ["revoked", "revoked"])
        #expect(said.allSatisfy { $0["reason"] as? String == "keyCompromise" && $0["at"] is String })
        #expect(try home.registrar("crl --directory reg --output list.crl").code == 0)
        let offline = try home.muster("lint chain.pem --root root.pem --crl list.crl")
        #expect(offline.code == 65 && offline.output.contains("[revoked]"), "\(offline.output)")

        try server.stop()
        let unreachable = try home.muster("lint chain.pem --root root.pem --ocsp")
        #expect(unreachable.code == 65 && unreachable.output.contains("[status_not_learned]"))
        #expect(try home.muster("lint chain.pem --crl \(url)/v1/crl").code != 0)
    }

    @Test func `without its issuer's certificate nothing is believed`() throws {
        let alone = try home.muster("lint leaf.pem --root root.pem --ocsp")
        #expect(alone.code == 65 && alone.output.contains("[status_not_learned]"), "\(alone.output)")
        _ = try home.write(
            try Certificate.chain(pem: try home.contents("chain.pem"))[1].pem, to: "issuing.pem")
        let helped = try home.muster("lint --json leaf.pem --root root.pem --issuer issuing.pem --ocsp")
        #expect(try statuses(helped).map { $0["status"] as? String } == ["good"], "\(helped.output)")
        try server.stop()
    }

    @Test func `openssl asks the address that the certificate names`() throws {
        _ = try home.write(
            try Certificate.chain(pem: try home.contents("chain.pem"))[1].pem, to: "issuing.pem")
        // The command does not verify the server of an https address, so it asks through a file, by GET and by POST.
        let question = try home.shell(
            "openssl ocsp -issuer issuing.pem -cert leaf.pem -reqout q.der && base64 -w0 q.der | jq -sRr @uri"
        )
        try #require(question.code == 0, "\(question.errors)")
        let url = "https://127.0.0.1:\(server.port)/v1/ocsp"
        let encoded = question.output.trimmingCharacters(in: .whitespacesAndNewlines)
        for words in [
            "--data-binary @q.der -H Content-Type:application/ocsp-request \(url)", "\(url)/\(encoded)",
        ] {
            let told = try home.shell(
                "curl -sf --cacert root.pem -o a.der '\(words.replacing(" ", with: "' '"))' && "
                    + "openssl ocsp -no_nonce -respin a.der -issuer issuing.pem -cert leaf.pem "
                    + "-CAfile root.pem -verify_other issuing.pem")
            #expect(told.output.contains("leaf.pem: good"), "\(told.output)\(told.errors)")
            #expect(told.errors.contains("Response verify OK"), "\(told.errors)")
        }
        try server.stop()
    }

    @Test func `the public address is stored, shown and taken away`() throws {
        try server.stop()
        let shown = try #require(try home.registrar("status --json --directory reg").objects.first)
        #expect(shown["publicURL"] as? String == "https://127.0.0.1:\(server.port)")
        #expect(shown["certificatesIssued"] as? Int == 1)
        let none = try Server(home, directory: "reg", options: ["--public-url", "none"])
        try none.stop()
        let gone = try home.registrar("status --directory reg")
        #expect(gone.code == 0 && gone.output.contains("none"), "\(gone.output)")
        for wrong in ["ftp://x", "https://x/", "https://x,y", "https://"] {
            let refused = try home.registrar("init --directory other --public-url \(wrong)")
            #expect(refused.code == 64, "\(wrong)")
        }
        #expect(try home.registrar("init --directory new --public-url https://devices.example").code == 0)
        #expect(
            try home.registrar("status --directory new").output.contains("https://devices.example"))
    }
}
