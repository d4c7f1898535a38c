import Credentials
import Model
import TestSupport
import Testing

/// What is said of an issued certificate without reading it, and the encoding of all that is in one.
@Suite struct IssuedDERTests {
    private static let start = Timestamp(milliseconds: 1_790_000_000_999)

    private func authority() throws -> CertificateAuthority {
        try CertificateAuthority.makeRoot(
            name: "Wurzel Ü", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 86_400 * 40_000))
    }

    @Test(arguments: [KeyKind.p256, .p384, .ed25519, .rsa(bits: 2048)])
    func `the summary is what reading the certificate finds`(_ kind: KeyKind) throws {
        let authority = try authority()
        let request = try CertificateRequest.create(key: .generate(kind), commonName: "asked for")
        let issued = try authority.certify(
            request, commonName: "Zähler 7", uris: ["urn:x:1"], dnsNames: ["a.example"],
            notBefore: Self.start, notAfter: Self.start.advanced(bySeconds: 60))
        let read = try Certificate(issued.der)
        #expect(read.summary == issued.summary)
        #expect(try read.der == issued.der && read.pem == issued.pem)
        #expect(read.uris == ["urn:x:1"] && read.dnsNames == ["a.example"])
        #expect(read.isSigned(by: authority.certificate))
        #expect(issued.summary.notBefore == Timestamp(milliseconds: 1_790_000_000_000))
    }

    /// Source: RFC 5280, section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on.
    @Test(arguments: [
        ("2049-12-31T23:59:59.000Z", "Dec 31 23:59:59 2049 GMT", UInt8(0x17)),
        ("2050-01-01T00:00:00.000Z", "Jan  1 00:00:00 2050 GMT", 0x18),
        ("2096-02-29T12:34:56.000Z", "Feb 29 12:34:56 2096 GMT", 0x18),
    ]) func `times are written as the year asks for`(_ end: String, _ word: String, _ tag: UInt8) throws {
        let end = try #require(Timestamp(end))
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
        let issued = try authority().certify(
            request, commonName: "SN-1", notBefore: Self.start, notAfter: end)
        let command = try OpenSSLCommand()
        try command.write(issued.pem, to: "one.pem")
        #expect(try command.output(of: "x509 -in …/one.pem -noout -enddate") == "notAfter=\(word)\n")
        let text = Array(end.description.filter(\.isNumber).dropFirst(tag == 0x17 ? 2 : 0).dropLast(3).utf8)
        #expect(issued.der.firstRange(of: [tag, UInt8(text.count + 1)] + text) != nil)
        #expect(try Certificate(issued.der).summary.notAfter == end)
    }

    @Test func `a year of five digits is refused`() throws {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
        #expect(throws: CredentialsError.self) {
            try authority().certify(
                request, commonName: "SN-1", notBefore: Self.start,
                notAfter: Timestamp(milliseconds: 253_402_300_800_000))
        }
    }

    /// The library writes what it has read in DER again: the same bytes, or something was not encoded as it must be.
    @Test func `openssl reads and writes the same bytes`() throws {
        let addresses = StatusAddresses(
            revocationLists: [
                "http://r.example/a.crl", "http://s.example/\(String(repeating: "b", count: 150))",
            ],
            responders: ["http://r.example/ocsp"], issuers: ["http://r.example/ca"])
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
        let issued = try authority().certify(
            request, commonName: String(repeating: "ß", count: 64),
            uris: ["urn:\(String(repeating: "x", count: 300))"],
            dnsNames: ["a.example"], addresses: addresses, notBefore: Self.start,
            notAfter: Self.start.advanced(bySeconds: 60))
        let command = try OpenSSLCommand()
        try command.write(issued.pem, to: "one.pem")
        try command.output(of: "x509 -in …/one.pem -outform DER -out …/one.der")
        #expect(try command.bytes("one.der") == issued.der)
        let text = try command.output(of: "x509 -in …/one.pem -noout -text")
        for word in [
            "CRL Distribution Points", "OCSP - URI:http://r.example/ocsp",
            "CA Issuers - URI:http://r.example/ca",
            "URI:http://r.example/a.crl", "DNS:a.example", "CA:FALSE",
        ] {
            #expect(text.contains(word))
        }
        #expect(try Certificate(issued.der).addresses == addresses)
    }
}
