import Credentials
import Model
import TestSupport
import Testing

/// An authority's certificates: profile, names, validity and chain, also by the word of `openssl verify`.
@Suite struct CertificateTests {
    let root: CertificateAuthority
    let issuing: CertificateAuthority
    let key: PrivateKey
    let device: Certificate

    private static let end = Timestamp.noon.advanced(bySeconds: 86_400)

    init() throws {
        root = try CertificateAuthority.makeRoot(
            name: "Acme root", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 86_400 * 9000))
        issuing = try root.makeIssuing(
            name: "Acme issuing", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 86_400 * 3000))
        key = try PrivateKey.generate(.p256)
        let request = try CertificateRequest.create(
            key: key, commonName: "asked for", dnsNames: ["evil.example"])
        device = try issuing.issueDevice(
            for: request, commonName: "SN-1", uris: ["urn:muster:device:d-1"], dnsNames: ["sn-1.example"],
            notBefore: .noon, notAfter: Self.end)
    }

    @Test func `a device's certificate has the caller's names and nothing of the request but its key`() throws
    {
        let summary = device.summary
        #expect(summary.subject == "SN-1" && summary.issuer == "Acme issuing")
        #expect(try summary.publicKeyHash == key.publicKeyHash)
        #expect(summary.notBefore == .noon && summary.notAfter == Self.end)
        #expect(device.dnsNames == ["sn-1.example"] && device.uris == ["urn:muster:device:d-1"])
        #expect(summary.fingerprint == PayloadHash(digest: Digest.sha256(device.der)))
        #expect(summary.serialNumber.count == 32)
    }

    @Test func `no serial number comes twice`() throws {
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        let numbers = try (0..<50).map { _ in
            try issuing.issueDevice(for: request, commonName: "SN-1", notBefore: .noon, notAfter: Self.end)
                .summary.serialNumber
        }
        #expect(Set(numbers).count == 50)
    }

    @Test func `openssl finds the profile of each`() throws {
        let command = try OpenSSLCommand()
        func text(_ certificate: Certificate) throws -> String {
            try command.write(try certificate.pem, to: "one.pem")
            return try command.output(of: "x509 -in …/one.pem -noout -text").split(separator: "\n")
                .map { $0.trimmingPrefix { $0 == " " } }.joined(separator: "\n")
        }
        let leaf = try text(device)
        #expect(leaf.contains("Basic Constraints: critical\nCA:FALSE"))
        #expect(leaf.contains("Key Usage: critical\nDigital Signature\n"))
        #expect(leaf.contains("Extended Key Usage: \nTLS Web Client Authentication\n"))
        #expect(leaf.contains("DNS:sn-1.example, URI:urn:muster:device:d-1"))
        #expect(!leaf.contains("evil.example"))
        #expect(leaf.contains("Subject Key Identifier") && leaf.contains("Authority Key Identifier"))
        let middle = try text(issuing.certificate)
        #expect(middle.contains("Basic Constraints: critical\nCA:TRUE, pathlen:0"))
        #expect(middle.contains("Key Usage: critical\nCertificate Sign, CRL Sign\n"))
        #expect(try text(root.certificate).contains("CA:TRUE, pathlen:1"))
    }

    /// What `openssl verify` says of the device's certificate with further words.
    private func opensslVerifies(_ words: String, _ leaf: Certificate? = nil) throws -> Bool {
        let command = try OpenSSLCommand()
        try command.write(try root.certificate.pem, to: "root.pem")
        try command.write(try issuing.certificate.pem, to: "issuing.pem")
        try command.write(try (leaf ?? device).pem, to: "leaf.pem")
        let run = try command.run(
            "verify -x509_strict -CAfile …/root.pem -untrusted …/issuing.pem \(words) …/leaf.pem")
        return run.code == 0
    }

    @Test func `openssl verifies the chain for its purpose and its time only`() throws {
        let during = Timestamp.noon.milliseconds / 1000 + 60
        #expect(try opensslVerifies("-attime \(during) -purpose sslclient"))
        #expect(try !opensslVerifies("-attime \(during) -purpose sslserver"))
        #expect(try !opensslVerifies("-attime \(during - 120)"))
        #expect(try !opensslVerifies("-attime \(during + 86_400)"))
    }

    @Test func `a server's certificate holds for its names and addresses`() throws {
        let server = try issuing.issueServer(
            key: key, hostNames: ["registrar.example", "127.0.0.1", "::1"], notBefore: .noon,
            notAfter: Self.end)
        let words = "-attime \(Timestamp.noon.milliseconds / 1000 + 60) -purpose sslserver"
        #expect(try opensslVerifies("\(words) -verify_ip 127.0.0.1", server))
        #expect(try opensslVerifies("\(words) -verify_ip ::1", server))
        #expect(try opensslVerifies("\(words) -verify_hostname registrar.example", server))
        #expect(try !opensslVerifies("\(words) -verify_hostname other.example", server))
        #expect(try !opensslVerifies("\(words) -verify_ip 127.0.0.2", server))
    }

    private func verify(
        _ leaf: Certificate, _ intermediates: [Certificate], _ roots: [Certificate], seconds: Int64 = 60
    ) throws(CredentialsError) {
        try Certificate.verifyChain(
            leaf: leaf, intermediates: intermediates, roots: roots, at: .noon.advanced(bySeconds: seconds))
    }

    @Test func `the chain holds, and each way in which it does not is refused`() throws {
        try verify(device, [issuing.certificate], [root.certificate])
        let stranger = try CertificateAuthority.makeRoot(
            name: "Acme root", notBefore: .noon, notAfter: Self.end)
        let bad: [([Certificate], [Certificate], Int64)] = [
            ([], [root.certificate], 60), ([issuing.certificate], [], 60),
            ([issuing.certificate], [stranger.certificate], 60),
            ([issuing.certificate], [root.certificate], -60),
            ([issuing.certificate], [root.certificate], 90_000),
        ]
        for (intermediates, roots, seconds) in bad {
            #expect {
                try verify(device, intermediates, roots, seconds: seconds)
            } throws: { error in
                guard case .notGenuine("certificate", let reason)? = error as? CredentialsError else {
                    return false
                }
                return !reason.isEmpty
            }
        }
    }

    @Test func `nobody below the issuing authority can issue`() throws {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-2")
        let asAuthority = try CertificateAuthority(certificate: device, key: key)
        let forged = try asAuthority.issueDevice(
            for: request, commonName: "SN-2", notBefore: .noon, notAfter: Self.end)
        #expect(throws: CredentialsError.self) {
            try verify(forged, [device, issuing.certificate], [root.certificate])
        }
        let third = try issuing.makeIssuing(name: "Third", notBefore: .noon, notAfter: Self.end)
        let tooDeep = try third.issueDevice(
            for: request, commonName: "SN-2", notBefore: .noon, notAfter: Self.end)
        #expect(throws: CredentialsError.self) {
            try verify(tooDeep, [third.certificate, issuing.certificate], [root.certificate])
        }
    }

    @Test func `an authority with another's key is none`() throws {
        #expect(
            throws: CredentialsError.notGenuine(
                subject: "authority", reason: "its key is not that of its certificate")
        ) { try CertificateAuthority(certificate: root.certificate, key: key) }
    }

    @Test func `certificates are read as they were written, one or many`() throws {
        #expect(try Certificate(device.der).summary == device.summary)
        let pem = try device.pem + issuing.certificate.pem + root.certificate.pem
        let chain = try Certificate.chain(pem: pem)
        #expect(chain.map(\.summary.subject) == ["SN-1", "Acme issuing", "Acme root"])
        #expect(root.certificate.summary.notAfter == .noon.advanced(bySeconds: 86_400 * 9000))
        #expect(throws: CredentialsError.self) { try Certificate.chain(pem: "") }
        #expect(throws: CredentialsError.self) { try Certificate.chain(pem: pem.replacing("A", with: "B")) }
    }

    @Test func `a certificate that is cut at any length is refused`() {
        for count in device.der.indices {
            #expect(throws: CredentialsError.self) { try Certificate(Array(device.der.prefix(count))) }
        }
        #expect(throws: CredentialsError.self) { try Certificate(device.der + [0]) }
        let large = [UInt8](repeating: 0x30, count: Certificate.limitBytes + 1)
        #expect(
            throws: CredentialsError.tooLarge(subject: "certificate", limitBytes: Certificate.limitBytes)
        ) { try Certificate(large) }
    }
}
