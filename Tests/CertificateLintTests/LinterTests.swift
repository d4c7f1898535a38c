import CertificateLint
import Model
import Testing

/// Every finding of the linter, from facts that have one fault each.
@Suite struct LinterTests {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let day: Int64 = 86_400

    private static func hash(_ byte: UInt8) -> PayloadHash {
        PayloadHash(digest: [UInt8](repeating: byte, count: 32))
    }

    private static let request = CertificateFacts(
        form: .request, subject: "CN=SN-1", commonName: "SN-1", key: .p256, publicKeyHash: hash(1),
        fingerprint: hash(11), digest: "SHA256", isSignedByItsKey: true)

    private static func certificate(
        _ name: String, by issuer: String, _ number: UInt8, from start: Int64 = -1, until end: Int64 = 700
    ) -> CertificateFacts {
        CertificateFacts(
            form: .certificate(
                issuer: "CN=\(issuer)", notBefore: now.advanced(bySeconds: start * day),
                notAfter: now.advanced(bySeconds: end * day)),
            subject: "CN=\(name)", commonName: name, key: .p256, publicKeyHash: hash(number),
            fingerprint: hash(number + 10), alternativeNames: [.uri("urn:muster:r-1:d-1")], digest: "SHA256",
            isSignedByItsKey: name == issuer, authority: .no, keyUsages: ["digitalSignature"],
            purposes: ["clientAuth"])
    }

    private static func authority(
        _ name: String, by issuer: String, _ number: UInt8, until end: Int64 = 3000
    ) -> CertificateFacts {
        var facts = certificate(name, by: issuer, number, until: end)
        facts.alternativeNames = []
        facts.authority = .yes(pathLength: 0)
        facts.keyUsages = ["keyCertSign", "cRLSign"]
        facts.purposes = nil
        return facts
    }

    private static let leaf = certificate("SN-1", by: "Issuing", 1)
    private static let issuing = authority("Issuing", by: "Root", 2)
    private static let root = authority("Root", by: "Root", 3)
    private static let chain = CertificateFileFacts(
        items: [leaf, issuing, root], signers: [.item(1), .item(2), .itself])
    private static let names = DeviceNames(
        identity: DeviceIdentity(fields: ["serial": "SN-1"]), identifiers: [], deviceID: nil)

    /// One fault: what it changes of what is right, and how it is found.
    struct Fault: Sendable, CustomTestStringConvertible {
        var code: LintCode
        var file: CertificateFileFacts
        var policy = LintPolicy(device: names)
        var severity = LintFinding.Severity.error

        var testDescription: String { code.rawValue }
    }

    private static func of(_ facts: CertificateFacts, _ change: (inout CertificateFacts) -> Void)
        -> CertificateFileFacts
    {
        var facts = facts
        change(&facts)
        return CertificateFileFacts(items: [facts], signers: [facts.isRequest ? .itself : .trustedRoot])
    }

    private static func inChain(_ place: Int, _ change: (inout CertificateFacts) -> Void)
        -> CertificateFileFacts
    {
        var file = chain
        change(&file.items[place])
        return file
    }

    private static func life(_ start: Int64, _ end: Int64) -> CertificateFileFacts {
        CertificateFileFacts(
            items: [certificate("SN-1", by: "Issuing", 1, from: start, until: end)], signers: [.trustedRoot])
    }

    static let keyFaults: [Fault] = [
        Fault(code: .keyKind, file: of(request) { $0.key = .other("secp521r1") }),
        Fault(code: .keyKind, file: of(request) { $0.key = .x25519 }),
        Fault(code: .keyTooSmall, file: of(request) { $0.key = .rsa(bits: 1024) }),
        Fault(code: .keyTooLarge, file: of(request) { $0.key = .rsa(bits: 16_384) }),
        Fault(code: .notSignedByItsKey, file: of(request) { $0.isSignedByItsKey = false }),
        Fault(code: .digestWeak, file: of(request) { $0.digest = "SHA1" }),
        Fault(code: .digestWeak, file: inChain(0) { $0.digest = "SHA1" }),
        Fault(code: .digestWeak, file: inChain(2) { $0.digest = "MD5" }, severity: .warning),
        Fault(
            code: .keyOfAnotherDevice, file: of(request) { _ in },
            policy: LintPolicy(device: names, keyOwners: [hash(1): "SN-2"])),
        Fault(code: .keyRepeated, file: inChain(1) { $0.publicKeyHash = hash(1) }),
        Fault(
            code: .privateKeyInFile,
            file: CertificateFileFacts(items: [request], signers: [.itself], hasPrivateKey: true),
            severity: .warning),
    ]

    static let nameFaults: [Fault] = [
        Fault(code: .nameMissing, file: of(request) { $0.commonName = nil }, severity: .warning),
        Fault(code: .nameWrong, file: of(request) { $0.commonName = "SN-2" }),
        Fault(
            code: .nameWrong, file: of(request) { _ in },
            policy: LintPolicy(
                device: DeviceNames(
                    identity: DeviceIdentity(fields: [:]),
                    identifiers: [DeviceIdentifier(kind: .mac, value: "00005E005301")], deviceID: nil)),
            severity: .warning),
        Fault(
            code: .alternativeNameMissing, file: of(leaf) { $0.alternativeNames = [] }, severity: .warning),
        Fault(code: .alternativeNameForm, file: of(request) { $0.alternativeNames = [.uri("https://x")] }),
        Fault(code: .alternativeNameForm, file: of(request) { $0.alternativeNames = [.uri("urn:x")] }),
        Fault(code: .alternativeNameForm, file: of(request) { $0.alternativeNames = [.dns("a b")] }),
        Fault(code: .alternativeNameForm, file: of(request) { $0.alternativeNames = [.dns("a..b")] }),
        Fault(code: .alternativeNameForm, file: of(request) { $0.alternativeNames = [.other("IP")] }),
        Fault(
            code: .alternativeNameWrong, file: of(request) { $0.alternativeNames = [.dns("evil.example")] }),
        Fault(
            code: .alternativeNameWrong,
            file: of(request) { $0.alternativeNames = [.uri("urn:dev:mac:00005e005301")] },
            severity: .warning),
    ]

    static let usageFaults: [Fault] = [
        Fault(code: .clientPurposeMissing, file: of(leaf) { $0.purposes = ["serverAuth"] }),
        Fault(code: .clientPurposeMissing, file: of(leaf) { $0.purposes = nil }, severity: .warning),
        Fault(
            code: .clientPurposeMissing, file: of(request) { $0.purposes = ["serverAuth"] },
            severity: .warning),
        Fault(code: .signatureUsageMissing, file: of(leaf) { $0.keyUsages = ["keyEncipherment"] }),
        Fault(code: .signsCertificates, file: of(leaf) { $0.keyUsages?.insert("keyCertSign") }),
        Fault(code: .leafIsAuthority, file: of(leaf) { $0.authority = .yes(pathLength: nil) }),
        Fault(code: .leafIsAuthority, file: of(request) { $0.authority = .yes(pathLength: nil) }),
        Fault(code: .issuerIsNoAuthority, file: inChain(1) { $0.authority = .unsaid }),
        Fault(code: .issuerIsNoAuthority, file: inChain(1) { $0.keyUsages = ["cRLSign"] }),
    ]

    static let timeFaults: [Fault] = [
        Fault(code: .expired, file: life(-700, -1)), Fault(code: .notYetValid, file: life(2, 700)),
        Fault(code: .clockSkew, file: life(1, 700)),
        Fault(code: .expiresSoon, file: life(-700, 29), severity: .warning),
        Fault(
            code: .clockBehind, file: life(2, 700),
            policy: LintPolicy(device: names, earliestNow: now.advanced(bySeconds: 1))),
        Fault(
            code: .outlivesIssuer,
            file: CertificateFileFacts(
                items: [leaf, authority("Issuing", by: "Root", 2, until: 600)],
                signers: [.item(1), .trustedRoot]),
            severity: .warning),
    ]

    private static func files(_ items: [CertificateFacts], _ signers: CertificateFileFacts.Signer...)
        -> CertificateFileFacts
    {
        CertificateFileFacts(items: items, signers: signers)
    }

    private static let rooted = LintPolicy(device: names, hasRoots: true)

    static let chainFaults: [Fault] = [
        Fault(
            code: .selfSigned, file: files([certificate("SN-1", by: "SN-1", 1)], .itself), severity: .warning),
        Fault(code: .selfSigned, file: files([certificate("SN-1", by: "SN-1", 1)], .itself), policy: rooted),
        Fault(code: .chainOrder, file: files([issuing, leaf], .trustedRoot, .item(0))),
        Fault(code: .chainOrder, file: files([leaf, root, issuing], .item(2), .itself, .item(1))),
        Fault(code: .chainIncomplete, file: files([leaf], .unknown), severity: .warning),
        Fault(code: .chainIncomplete, file: files([leaf, issuing], .item(1), .unknown), policy: rooted),
        Fault(code: .issuerMismatch, file: files([leaf, root], .unknown, .trustedRoot)),
        Fault(code: .signatureMismatch, file: files([leaf, issuing], .unknown, .trustedRoot)),
        Fault(code: .rootUnknown, file: chain, policy: rooted),
    ]

    private static func standing(_ verdict: CertificateStanding.Verdict) -> LintPolicy {
        var policy = LintPolicy(device: names)
        policy.standings = [leaf.fingerprint: [CertificateStanding(source: "a list", verdict: verdict)]]
        return policy
    }

    static let statusFaults: [Fault] = [
        Fault(
            code: .revoked, file: of(leaf) { _ in },
            policy: standing(.said(.revoked(reasonCode: 1, at: now), until: nil))),
        Fault(code: .statusUnknown, file: of(leaf) { _ in }, policy: standing(.said(.unknown, until: now))),
        Fault(
            code: .statusNotLearned, file: of(leaf) { _ in }, policy: standing(.notLearned(reason: "no"))),
        Fault(
            code: .statusAddress, file: of(leaf) { $0.addresses.revocationLists = ["ldap://x/cn=y"] },
            severity: .warning),
        Fault(
            code: .statusAddress, file: of(leaf) { $0.addresses.responders = ["https://127.0.0.1/o"] },
            severity: .warning),
        Fault(
            code: .statusAddress, file: of(leaf) { $0.addresses.issuers = ["HTTP://LOCALHOST:1"] },
            severity: .warning),
    ]

    @Test(arguments: keyFaults + nameFaults + usageFaults + timeFaults + chainFaults + statusFaults)
    func `a fault is found, with its cause and what to do`(_ fault: Fault) throws {
        let findings = Linter(fault.file, policy: fault.policy, now: Self.now).findings
        let finding = try #require(findings.first { $0.code == fault.code }, "\(findings)")
        #expect(finding.severity == fault.severity)
        #expect(finding.cause.hasSuffix(".") && finding.fix.hasSuffix(".") && finding.fix != finding.cause)
        // Other errors would hide the one that counts.
        let others = findings.filter { $0.code != fault.code && $0.severity == .error }
        #expect(others.isEmpty, "\(others)")
    }

    @Test func `every code has a fault that it is found by`() {
        let all =
            Self.keyFaults + Self.nameFaults + Self.usageFaults + Self.timeFaults + Self.chainFaults
            + Self.statusFaults
        // Reversed dates are expired or not begun as well, so they have a test of their own.
        #expect(Set(all.map(\.code)) == Set(LintCode.allCases).subtracting([.validityReversed]))
        #expect(Set(LintCode.allCases.map(\.rawValue)).count == LintCode.allCases.count)
    }

    @Test func `dates the wrong way round are said to be so`() {
        let codes = Linter(Self.life(3, -3), policy: LintPolicy(), now: Self.now).findings.map(\.code)
        #expect(codes.contains(.validityReversed))
    }

    @Test func `a certificate that is good, and points where anybody can ask, has no finding`() {
        let file = Self.of(Self.leaf) {
            $0.addresses = StatusAddresses(
                revocationLists: ["ldap://x/cn=y", "http://x.example/crl"], responders: ["http://x.example"],
                issuers: ["https://x.example:8443/v1/ca"])
        }
        let policy = Self.standing(.said(.good, until: Self.now))
        #expect(Linter(file, policy: policy, now: Self.now).findings == [])
    }

    @Test func `what is right has no finding`() {
        for (file, policy) in [
            (Self.chain, LintPolicy(device: Self.names)),
            (Self.files([Self.leaf, Self.issuing], .item(1), .trustedRoot), Self.rooted),
            (Self.of(Self.request) { _ in }, LintPolicy(device: Self.names)),
            (
                Self.of(Self.request) {
                    $0.key = .ed25519; $0.digest = nil
                }, LintPolicy()
            ),
            // A request and its certificate have one key, and a renewed authority keeps its name and key.
            (Self.files([Self.request, Self.leaf], .itself, .trustedRoot), LintPolicy(device: Self.names)),
            // An authority's own certificate is no device's.
            (Self.files([Self.issuing, Self.root], .item(1), .itself), LintPolicy()),
        ] {
            #expect(Linter(file, policy: policy, now: Self.now).findings == [])
        }
    }

    @Test func `a clock that is behind is named once, and no date is judged by it`() {
        let policy = LintPolicy(device: Self.names, earliestNow: Self.now.advanced(bySeconds: 60))
        let findings = Linter(Self.life(-700, -1), policy: policy, now: Self.now).findings
        #expect(findings.map(\.code) == [.clockBehind])
    }

    @Test func `findings name their place in the file from one`() {
        let file = Self.inChain(1) { $0.digest = "SHA1" }
        #expect(Linter(file, policy: LintPolicy(), now: Self.now).findings.map(\.item) == [2])
    }
}
