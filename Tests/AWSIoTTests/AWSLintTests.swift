import AWSIoT
import Credentials
import Model
import TargetCore
import Testing

@Suite struct AWSLintTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    @Sendable private static func read(_ pem: String) -> [CertificateFacts] {
        guard let file = try? CertificateFile(Array(pem.utf8)) else { return [] }
        return file.items.compactMap { item in
            switch item {
            case .certificate(let certificate): try? certificate.facts
            case .request(let request): try? request.facts
            }
        }
    }

    private func codes(
        _ device: TargetDevice, _ settings: AWSSettings = AWSRun.settings,
        facts: @escaping @Sendable (String) -> [CertificateFacts] = FakePEM.facts
    ) -> [String] {
        let target = AWSTarget(
            targetID: TargetID(trusted: "aws"), settings: settings, certificateFacts: facts)
        let work = TargetWork(workID: "op", intent: .provision, device: device)
        return target.findings(in: work, at: now).map(\.code)
    }

    private func device(_ change: (inout TargetDevice) -> Void) -> TargetDevice {
        var device = AWSRun.device()
        device.serial = "SN7"
        change(&device)
        return device
    }

    @Test func `a device that AWS takes has no finding`() { #expect(codes(device { _ in }) == []) }

    @Test(arguments: [
        ("Zähler 1", "aws_thing_name_characters"), ("a/b", "aws_thing_name_characters"),
        ("", "aws_thing_name_length"), (String(repeating: "x", count: 129), "aws_thing_name_length"),
        ("01095060001343528200", nil), ("site:7_meter-1", nil),
    ])
    func `names are held against AWS's rule`(_ name: String, _ code: String?) {
        let found = codes(device { $0.name = name }).filter { $0.hasPrefix("aws_thing_name") }
        #expect(found == [code].compactMap { $0 })
    }

    @Test func `attributes are counted and measured, and odd serial numbers noticed`() {
        var untyped = AWSRun.settings
        untyped.thingType = nil
        #expect(codes(device { _ in }, untyped) == ["aws_attributes"])
        untyped.attributes = ["site": "{site}"]
        #expect(codes(device { _ in }, untyped) == [])
        #expect(codes(device { $0.serial = "SN 7" }) == ["aws_attribute_characters"])
        #expect(codes(device { $0.serial = String(repeating: "1", count: 801) }) == ["aws_attribute_length"])
        #expect(AWSAttributes.escaped("Zähler=7") == "Z=C3=A4hler=3D7")
    }

    @Test(arguments: [
        ("p256", nil), ("p384", nil), ("p521", nil), ("rsa2048", nil), ("rsa1024", "aws_key_size"),
        ("ed25519", "aws_key_kind"), ("k256", "aws_key_kind"),
    ])
    func `keys of real requests are held against what AWS takes`(_ name: String, _ code: String?) throws {
        let pem = try Vectors.text("Certificates/\(name).csr.pem")
        let found = codes(device { $0.proof = .request(FakePEM.body(pem)) }, facts: Self.read)
        #expect(found == [code].compactMap { $0 })
    }

    @Test func `a proof of another kind, or none that can be read, is noticed`() {
        #expect(codes(device { $0.proof = .symmetricKey }) == ["aws_proof_kind"])
        #expect(codes(device { $0.proof = .request("AAAA") }, facts: Self.read) == ["aws_proof_unreadable"])
    }

    private func certificate(
        issuer: String = "CN=Muster", name: String? = "meter-1", from: Int64 = 0,
        to: Int64 = 4_000_000_000_000
    ) -> @Sendable (String) -> [CertificateFacts] {
        { pem in
            guard var facts = FakePEM.facts(pem).first else { return [] }
            facts.commonName = name
            facts.form = .certificate(
                issuer: issuer, notBefore: Timestamp(milliseconds: from),
                notAfter: Timestamp(milliseconds: to))
            if pem.contains(Base64.encode(Array("1|ca".utf8))) {
                facts.subject = "CN=Muster"
                facts.authority = .yes(pathLength: 0)
            }
            return [facts]
        }
    }

    @Test func `a certificate's chain, dates and name are held against the target`() {
        var settings = AWSRun.settings
        settings.issuer = .authority
        let device = device { $0.proof = .certificate(FakePEM.certificate(key: "key-1", serial: 5)) }
        #expect(codes(device, settings, facts: certificate()) == ["aws_authority_unnamed"])
        settings.authorityCertificate = FakePEM.certificate(key: "ca", serial: 1)
        #expect(codes(device, settings, facts: certificate()) == [])
        #expect(codes(device, settings, facts: certificate(issuer: "CN=Root")) == ["aws_chain"])
        #expect(codes(device, settings, facts: certificate(from: 1_800_000_000_000)) == ["aws_not_yet_valid"])
        #expect(codes(device, settings, facts: certificate(to: 1_600_000_000_000)) == ["aws_expired"])
        #expect(codes(device, settings, facts: certificate(name: nil)) == ["aws_common_name_missing"])
        #expect(codes(device, settings, facts: certificate(name: "meter-2")) == ["aws_common_name"])
        settings.authorityCertificate = FakePEM.certificate(key: "leaf", serial: 2)
        #expect(codes(device, settings, facts: certificate()) == ["aws_authority_no_ca"])
    }

    @Test func `settings are held against AWS's rules`() {
        func codes(_ change: (inout AWSSettings) -> Void) -> [String] {
            var settings = AWSRun.settings
            change(&settings)
            return AWSLint.findings(in: settings).map(\.code)
        }
        #expect(codes { _ in } == [])
        #expect(codes { $0.accountID = "1234-5678-9012" } == ["aws_account_id"])
        #expect(codes { $0.endpoint.region = "Ireland" } == ["aws_region"])
        #expect(codes { $0.endpoint.region = "eu-west-1a" } == ["aws_region_zone"])
        #expect(codes { $0.policy = "arn:aws:iot:x:1:policy/p" } == ["aws_policy_name"])
        #expect(codes { $0.thingType = "a b" } == ["aws_group_name"])
        #expect(codes { $0.groups = (0..<11).map { "g\($0)" } } == ["aws_groups"])
        #expect(codes { $0.attributes = ["a": "{seriall}"] } == ["aws_attribute_placeholder"])
        #expect(codes { $0.attributes = ["a": "im Büro"] } == ["aws_attribute_template"])
        #expect(codes { $0.attributes = ["ä": "x"] } == ["aws_attribute_name"])
    }

    @Test(arguments: [
        (
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"a"}]}"#,
            []
        ),
        (
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iot:*"],"Resource":"*"}}"#,
            ["aws_policy_everything"]
        ),
        (#"{"Version":"2012-10-17","Statement":[],}"#, ["aws_policy_json"]),
        (#"{"Version":"2024-01-01","Statement":[]}"#, ["aws_policy_version", "aws_policy_statement"]),
        (#"{"Version":"2012-10-17","Statement":[{"Effect":"allow"}]}"#, ["aws_policy_members"]),
        (
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get","Resource":"a"}]}"#,
            ["aws_policy_action"]
        ),
    ])
    func `a policy is held against AWS's rules`(_ document: String, _ codes: [String]) {
        #expect(AWSLint.policyFindings(document).map(\.code) == codes)
    }

    @Test func `a policy's length is counted without blanks`() {
        func document(_ count: Int) -> String {
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":""#
                + String(repeating: "x", count: count) + #""}]}"# + String(repeating: " ", count: 3000)
        }
        #expect(AWSLint.policyFindings(document(1900)).isEmpty)
        #expect(AWSLint.policyFindings(document(2048)).map(\.code) == ["aws_policy_length"])
    }

    @Test func `a wrong clock is named as the cause of a signature that does not fit`() {
        let theirs = "Tue, 14 Nov 2023 22:13:20 GMT"
        #expect(AWSLint.clockFindings(theirs, at: now).isEmpty)
        let late = AWSLint.clockFindings(theirs, at: now.advanced(bySeconds: 3600))
        #expect(late.map(\.code) == ["aws_clock_skew"])
        #expect(late.first?.what.contains("3600 seconds fast") == true)
        #expect(AWSLint.clockFindings(theirs, at: now.advanced(bySeconds: -301)).count == 1)
        #expect(AWSLint.clockFindings("yesterday", at: now).isEmpty)
    }
}
