import Credentials
import Model
import TestSupport
import Testing

/// Certificate requests made, read, held against the `openssl` command, and refused.
@Suite struct CertificateRequestTests {
    @Test(arguments: [KeyKind.p256, .p384, .ed25519, .rsa(bits: 2048), .rsa(bits: 3072)])
    func `a request that was made is read again, and openssl agrees`(_ kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        let made = try CertificateRequest.create(
            key: key, commonName: "SN-1", dnsNames: ["sn-1.example"], uris: ["urn:dev:mac:00005e005301"])
        let read = try CertificateRequest(made.der)
        #expect(read.commonName == "SN-1" && read.subjectAttributeCount == 1)
        #expect(read.dnsNames == ["sn-1.example"] && read.uris == ["urn:dev:mac:00005e005301"])
        #expect(read.keyKind == kind && read.isSignedByItsKey && read.otherNames == 0)
        #expect(try read.publicKeyHash == key.publicKeyHash)
        #expect(try CertificateRequest(Array(made.pem.utf8)).der == made.der)

        let command = try OpenSSLCommand()
        try command.write(made.pem, to: "device.csr")
        let text = try command.output(of: "req -in …/device.csr -noout -verify -subject -text")
        #expect(text.contains("CN = SN-1"))
        #expect(text.contains("DNS:sn-1.example, URI:urn:dev:mac:00005e005301"))
    }

    @Test(arguments: [
        ("ec -pkeyopt ec_paramgen_curve:P-256", KeyKind.p256), ("ec -pkeyopt ec_paramgen_curve:P-384", .p384),
        ("ed25519", .ed25519), ("rsa:2048", .rsa(bits: 2048)), ("rsa:3072", .rsa(bits: 3072)),
        ("rsa:1024", .rsa(bits: 1024)),
    ]) func `a request that openssl made is read, PEM and DER`(_ key: String, _ kind: KeyKind) throws {
        let command = try OpenSSLCommand()
        try command.output(
            of: "req -new -newkey \(key) -nodes -keyout …/device.key -subj /CN=SN-2 -out …/device.csr "
                + "-addext subjectAltName=DNS:a.example,URI:urn:x,email:a@b.example,IP:192.0.2.1")
        try command.output(of: "req -in …/device.csr -outform DER -out …/device.der")
        for name in ["device.csr", "device.der"] {
            let request = try CertificateRequest(command.bytes(name))
            #expect(request.commonName == "SN-2" && request.keyKind == kind && request.isSignedByItsKey)
            #expect(request.dnsNames == ["a.example"] && request.uris == ["urn:x"])
            #expect(request.otherNames == 2)
        }
    }

    @Test(
        arguments: [("/O=Acme", nil, 1), ("/CN=A/CN=B", nil, 2), ("/O=Acme/CN=A", "A", 2)]
            as [(String, String?, Int)])
    func `a subject without one common name says so`(_ subject: String, _ name: String?, _ count: Int) throws
    {
        let command = try OpenSSLCommand()
        try command.output(
            of: "req -new -newkey ed25519 -nodes -keyout …/device.key -subj \(subject) -out …/device.csr")
        let request = try CertificateRequest(command.bytes("device.csr"))
        #expect(request.commonName == name && request.subjectAttributeCount == count)
    }

    @Test func `a request that was changed after its signing is known by that, and gets no certificate`()
        throws
    {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-AAAA")
        let place = try #require(request.der.firstRange(of: Array("SN-AAAA".utf8)))
        var changed = request.der
        changed[place.upperBound - 1] = UInt8(ascii: "B")
        let forged = try CertificateRequest(changed)
        #expect(forged.commonName == "SN-AAAB" && !forged.isSignedByItsKey)
        let authority = try CertificateAuthority.makeRoot(
            name: "Root", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 3600))
        #expect(
            throws: CredentialsError.notGenuine(
                subject: "certificate request", reason: "it is not signed with its own key")
        ) {
            try authority.issueDevice(
                for: forged, commonName: "SN-AAAB", notBefore: .noon,
                notAfter: .noon.advanced(bySeconds: 60))
        }
    }

    @Test func `what is cut, too long, of another kind or too large is refused with its reason`() throws {
        let request = try CertificateRequest.create(key: .generate(.ed25519), commonName: "SN-1")
        let root = try CertificateAuthority.makeRoot(
            name: "Root", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 60))
        var bad = request.der.indices.map { Array(request.der.prefix($0)) }
        bad += [request.der + [0], root.certificate.der, Array(try root.certificate.pem.utf8)]
        for bytes in bad {
            #expect {
                try CertificateRequest(bytes)
            } throws: { error in
                guard case .unreadable("certificate request", let reason)? = error as? CredentialsError else {
                    return false
                }
                return !reason.isEmpty
            }
        }
        let large = [UInt8](repeating: 0x30, count: CertificateRequest.limitBytes + 1)
        #expect(
            throws: CredentialsError.tooLarge(
                subject: "certificate request", limitBytes: CertificateRequest.limitBytes)
        ) { try CertificateRequest(large) }
    }

    @Test func `names that no request may have are refused when one is made`() throws {
        let key = try PrivateKey.generate(.ed25519)
        for name in ["", String(repeating: "x", count: 65)] {
            #expect(throws: CredentialsError.self) {
                try CertificateRequest.create(key: key, commonName: name)
            }
        }
        for name in ["a b", "DNS:a\nIP:1", "grün.example"] {
            #expect(throws: CredentialsError.self) {
                try CertificateRequest.create(key: key, commonName: "SN-1", dnsNames: [name])
            }
        }
    }

    @Test func `a key that cannot sign makes no request`() throws {
        let key = try PrivateKey.generate(.x25519)
        #expect(throws: CredentialsError.self) { try CertificateRequest.create(key: key, commonName: "SN-1") }
    }
}
