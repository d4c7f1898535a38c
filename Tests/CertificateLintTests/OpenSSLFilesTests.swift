import CertificateLint
import Credentials
import Model
import TestSupport
import Testing

/// The linter over files that the `openssl` command made.
@Suite struct OpenSSLFilesTests {
    private let command: OpenSSLCommand
    private static let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout …/key.pem"

    init() throws {
        command = try OpenSSLCommand()
    }

    private func codes(_ name: String, serial: String? = "SN-1") throws -> Set<String> {
        let names = serial.map {
            DeviceNames(identity: DeviceIdentity(fields: ["serial": $0]), identifiers: [], deviceID: nil)
        }
        let file = try CertificateFile(command.bytes(name))
        // OpenSSL takes today's date; nothing here lives shorter than a day.
        let now = file.certificates.first?.summary.notBefore ?? Timestamp(milliseconds: 0)
        let findings = Linter(
            try file.facts(), policy: LintPolicy(device: names), now: now.advanced(bySeconds: 60)
        ).findings
        return Set(findings.map(\.code.rawValue))
    }

    @Test(
        arguments: [
            ("-subj /CN=SN-1", []), ("-subj /CN=SN-2", ["name_wrong"]), ("-subj /O=Acme", ["name_missing"]),
            ("-subj /CN=SN-1 -addext basicConstraints=CA:TRUE", ["leaf_is_authority"]),
            ("-subj /CN=SN-1 -addext extendedKeyUsage=serverAuth", ["eku_client_auth_missing"]),
            ("-subj /CN=SN-1 -addext extendedKeyUsage=clientAuth,serverAuth", []),
            ("-subj /CN=SN-1 -addext keyUsage=keyEncipherment", ["key_usage_signature_missing"]),
            (
                "-subj /CN=SN-1 -addext keyUsage=digitalSignature,keyCertSign",
                ["key_usage_issues_certificates"]
            ),
            ("-subj /CN=SN-1 -addext subjectAltName=IP:192.0.2.1", ["san_form"]),
            ("-subj /CN=SN-1 -addext subjectAltName=DNS:sn-1", []),
            ("-subj /CN=SN-1 -addext subjectAltName=DNS:evil.example", ["san_wrong"]),
            ("-subj /CN=SN-1 -sha1", ["digest_weak"]),
        ] as [(String, [String])])
    func `a request has the faults that it was made with`(_ words: String, _ expected: [String]) throws {
        try command.output(of: "req -new \(Self.key) \(words) -out …/device.csr")
        #expect(try codes("device.csr") == Set(expected))
    }

    @Test(
        arguments: [
            ("rsa:1024", ["key_too_small"]), ("rsa:2048", []), ("rsa:3072", []), ("ed25519", []),
            ("ec -pkeyopt ec_paramgen_curve:P-384", []),
            ("ec -pkeyopt ec_paramgen_curve:P-521", ["key_kind"]),
        ] as [(String, [String])])
    func `a request of each kind of key is taken or not`(_ key: String, _ expected: [String]) throws {
        try command.output(
            of: "req -new -newkey \(key) -nodes -keyout …/key.pem -subj /CN=SN-1 -out …/device.csr")
        #expect(try codes("device.csr") == Set(expected))
    }

    @Test func `a certificate that openssl makes by itself is an authority signed by itself`() throws {
        try command.output(of: "req -x509 \(Self.key) -days 400 -subj /CN=SN-1 -out …/self.pem")
        #expect(
            try codes("self.pem") == [
                "self_signed", "leaf_is_authority", "san_missing", "eku_client_auth_missing",
            ])
    }

    /// A root and a leaf below it, in one file each.
    private func makeChain() throws {
        try command.output(
            of: "req -x509 \(Self.key) -days 4000 -subj /CN=Root -addext keyUsage=keyCertSign -out …/root.pem"
        )
        try command.write("subjectAltName=URI:urn:dev:ops:1\nextendedKeyUsage=clientAuth\n", to: "leaf.conf")
        try command.output(
            of: "req -new -newkey ed25519 -nodes -keyout …/leaf.key -subj /CN=SN-1 -out …/leaf.csr")
        try command.output(
            of: "x509 -req -in …/leaf.csr -CA …/root.pem -CAkey …/key.pem -days 400 -extfile …/leaf.conf "
                + "-out …/leaf.pem")
    }

    private func join(_ names: String..., into name: String) throws {
        let text = try names.map { String(decoding: try command.bytes($0), as: UTF8.self) }.joined()
        try command.write("some words\n" + text, to: name)
    }

    @Test func `a chain is whole, in the wrong order, incomplete, or of another authority`() throws {
        try makeChain()
        try join("leaf.pem", "root.pem", into: "right.pem")
        #expect(try codes("right.pem") == ["san_wrong"])
        #expect(try codes("right.pem", serial: nil) == [])
        try join("root.pem", "leaf.pem", into: "reversed.pem")
        #expect(try codes("reversed.pem", serial: nil) == ["chain_order"])
        #expect(try codes("leaf.pem", serial: nil) == ["chain_incomplete"])
        try join("leaf.pem", "leaf.key", into: "with-key.pem")
        #expect(try codes("with-key.pem", serial: nil) == ["chain_incomplete", "private_key_in_file"])
        try command.output(of: "req -x509 \(Self.key) -days 4000 -subj /CN=Root -out …/other.pem")
        try join("leaf.pem", "other.pem", into: "renewed.pem")
        #expect(try codes("renewed.pem", serial: nil).contains("signature_mismatch"))
    }

    @Test func `a file that is no certificate is refused with its reason`() throws {
        try makeChain()
        for name in ["leaf.key", "leaf.conf"] {
            #expect(throws: CredentialsError.self) { try CertificateFile(command.bytes(name)) }
        }
        let der = try CertificateFile(command.bytes("leaf.pem")).certificates[0].der
        for count in stride(from: 0, to: der.count, by: 7) {
            #expect(throws: CredentialsError.self) { try CertificateFile(Array(der.prefix(count))) }
        }
        #expect(try CertificateFile(der).items.count == 1)
        let many = try String(decoding: command.bytes("leaf.pem"), as: UTF8.self)
        #expect(throws: CredentialsError.self) {
            try CertificateFile(Array(String(repeating: many, count: CertificateFile.limitItems + 1).utf8))
        }
    }
}
