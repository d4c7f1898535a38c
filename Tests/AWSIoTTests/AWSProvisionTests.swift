import AWSIoT
import Model
import TargetCore
import Testing

/// Provisioning from start to end, and with trouble at every single call.
@Suite struct AWSProvisionTests {
    /// A thing of this device with an old certificate, in one group, of another site.
    static func known() throws -> (AWSModel, String) {
        var run = AWSRun(AWSModel(), .provision, AWSRun.device(key: "old"), settings(groups: ["meters"]))
        run.work.device.site = SiteID(trusted: "hamburg")
        guard case .done(let outcome) = try run.end() else { throw Broken() }
        run.aws.clock += 86_400
        return (run.aws, outcome.device?.marks[AWSMark.certificate] ?? "")
    }
    struct Broken: Error {}

    static func settings(
        _ issuer: AWSSettings.Issuer = .aws, groups: [String] = ["meters", "berlin"]
    ) -> AWSSettings {
        var settings = AWSRun.settings
        settings.issuer = issuer
        settings.groups = groups
        settings.billingGroup = groups.count == 1 ? nil : "north"
        return settings
    }

    static func proof(_ issuer: AWSSettings.Issuer) -> TargetDevice.Proof {
        issuer == .aws
            ? .request(FakePEM.request("key-1"))
            : .certificate(
                FakePEM.certificate(key: "key-1", serial: 900) + FakePEM.certificate(key: "ca", serial: 1))
    }

    /// Every way of issuing, on an empty account and on one that knows the device.
    static func cases() throws -> [(AWSModel, AWSSettings, TargetDevice)] {
        let knowing = try known().0
        return AWSSettings.Issuer.allCases.flatMap { issuer in
            [AWSModel(), knowing].map { ($0, settings(issuer), AWSRun.device(proof: proof(issuer))) }
        }
    }

    private func expectProvisioned(_ end: TargetStep?, _ run: AWSRun, _ note: String) {
        guard case .done(let outcome) = end, let id = outcome.device?.marks[AWSMark.certificate] else {
            Issue.record("\(note): ended in \(String(describing: end)), leftovers \(run.work.leftovers)")
            return
        }
        let aws = run.aws
        #expect(aws.things["meter-1"]?.attributes["site"] == "berlin", "\(note)")
        #expect(aws.things["meter-1"]?.attributes["serial"] == "SN=207", "\(note)")
        #expect(aws.things["meter-1"]?.billing == "north", "\(note)")
        #expect(aws.certificates[id]?.status == "ACTIVE", "\(note)")
        #expect(aws.certificates[id]?.policies == ["device"], "\(note)")
        #expect(aws.certificates.values.filter { $0.status == "ACTIVE" }.count == 1, "\(note)")
        #expect(aws.groups == ["meters": ["meter-1"], "berlin": ["meter-1"]], "\(note)")
        let attached = aws.attachments.filter { $0.detachedAt == nil }.map(\.certificate)
        #expect(attached.contains(id), "\(note)")
        #expect(Set(attached) == Set(aws.certificates.keys), "\(note): there are orphans")
        #expect(outcome.device?.endpoint == "mqtts://abc123-ats.iot.eu-west-1.amazonaws.com:8883")
        #expect(outcome.serviceRoots == AmazonRoots.both)
        if run.target.settings.issuer == .aws {
            #expect(outcome.certificateChain == aws.certificates[id]?.pem, "\(note)")
        } else {
            #expect(outcome.certificateChain == nil)
        }
    }

    @Test func `a device is let in last, after all else stands`() throws {
        var run = AWSRun(AWSModel(), .provision, AWSRun.device(), AWSRun.settings)
        expectProvisioned(try run.end(), run, "plain")
        #expect(
            run.aws.calls == [
                "DescribeEndpoint", "DescribeThing", "CreateThing", "CreateCertificateFromCsr",
                "AttachPolicy",
                "AttachThingPrincipal", "AddThingToThingGroup", "AddThingToThingGroup", "UpdateCertificate",
            ])
    }

    @Test func `a device that is known gets its new certificate, and the old one is let in no more`() throws {
        let (aws, old) = try Self.known()
        var run = AWSRun(aws, .provision, AWSRun.device(), AWSRun.settings)
        expectProvisioned(try run.end(), run, "known")
        #expect(run.aws.certificates[old]?.status == "INACTIVE")
        #expect(run.aws.certificates.count == 2)
    }

    @Test func `the same again changes nothing`() throws {
        for (aws, settings, device) in try Self.cases() {
            var first = AWSRun(aws, .provision, device, settings)
            _ = try first.end()
            let before = first.aws.content
            var second = AWSRun(first.aws, .provision, device, settings)
            expectProvisioned(try second.end(), second, "again")
            #expect(second.aws.content == before)
        }
    }

    @Test func `an answer lost at any call, before or after its effect, leaves one certificate`() throws {
        for (aws, settings, device) in try Self.cases() {
            var plain = AWSRun(aws, .provision, device, settings)
            expectProvisioned(try plain.end(), plain, "\(settings.issuer)")
            let failure = AWSModel.refusal(500, "InternalFailureException")
            let throttling = AWSModel.refusal(400, "ThrottlingException")
            for index in 0..<plain.calls {
                for trouble: AWSRun.Trouble in [
                    .lostBefore, .lostAfter, .failedAfter(failure), .answered(failure), .answered(throttling),
                ] {
                    var run = AWSRun(aws, .provision, device, settings, troubles: [index: trouble])
                    expectProvisioned(try run.end(), run, "\(settings.issuer) \(trouble) at \(index)")
                }
            }
        }
    }

    @Test func `two answers lost leave one certificate too`() throws {
        var plain = AWSRun(AWSModel(), .provision, AWSRun.device(), AWSRun.settings)
        _ = try plain.end()
        for first in 0..<plain.calls {
            for second in first + 1..<plain.calls + 4 {
                var run = AWSRun(
                    AWSModel(), .provision, AWSRun.device(), AWSRun.settings,
                    troubles: [first: .lostAfter, second: .lostAfter])
                expectProvisioned(try run.end(), run, "lost at \(first) and \(second)")
            }
        }
    }

    @Test func `a refusal at any call leaves nothing behind`() throws {
        for (aws, settings, device) in try Self.cases() {
            var plain = AWSRun(aws, .provision, device, settings)
            _ = try plain.end()
            for index in 0..<plain.calls {
                var run = AWSRun(
                    aws, .provision, device, settings, troubles: [index: .answered(AWSRun.finalRefusal)])
                expectNothingLeft(try run.end(), run, aws, "\(settings.issuer) refused at \(index)")
            }
        }
    }

    @Test func `an answer lost and a refusal after it leave nothing behind`() throws {
        for (aws, settings, device) in try Self.cases() where settings.issuer != .authority {
            var plain = AWSRun(aws, .provision, device, settings)
            _ = try plain.end()
            for lost in 0..<plain.calls {
                for refused in lost + 1..<plain.calls + 2 {
                    var run = AWSRun(
                        aws, .provision, device, settings,
                        troubles: [lost: .lostAfter, refused: .answered(AWSRun.finalRefusal)])
                    let end = try run.end()
                    if case .done = end { continue }
                    expectNothingLeft(end, run, aws, "\(settings.issuer) lost \(lost), refused \(refused)")
                }
            }
        }
    }

    @Test func `losses on the way back leave nothing behind either`() throws {
        var plain = AWSRun(AWSModel(), .provision, AWSRun.device(), AWSRun.settings)
        _ = try plain.end()
        for refused in 0..<plain.calls {
            for lost in refused + 1..<refused + 8 {
                for trouble: AWSRun.Trouble in [.lostBefore, .lostAfter] {
                    var run = AWSRun(
                        AWSModel(), .provision, AWSRun.device(), AWSRun.settings,
                        troubles: [refused: .answered(AWSRun.finalRefusal), lost: trouble])
                    expectNothingLeft(try run.end(), run, AWSModel(), "refused \(refused), lost \(lost)")
                }
            }
        }
    }

    private func expectNothingLeft(_ end: TargetStep?, _ run: AWSRun, _ before: AWSModel, _ note: String) {
        guard case .refused = end else {
            Issue.record("\(note): ended in \(String(describing: end))")
            return
        }
        #expect(run.work.leftovers == [], "\(note)")
        #expect(run.aws.content == before.content, "\(note)")
    }

    @Test func `what cannot be undone is named, and the rest is undone`() throws {
        var run = AWSRun(
            AWSModel(), .provision, AWSRun.device(), AWSRun.settings,
            troubles: [
                8: .answered(AWSRun.finalRefusal), 9: .answered(AWSRun.finalRefusal),
            ])
        guard case .refused(let fault) = try run.end() else {
            Issue.record("it was not refused")
            return
        }
        #expect(fault.code == "aws_request")
        #expect(run.work.leftovers.count == 1)
        #expect(run.aws.content == AWSModel().content)
        #expect(run.work.leftovers.first?.hasPrefix("UpdateCertificate: ") == true)
    }

    @Test func `somebody's change between reading and writing is read anew`() throws {
        let (aws, _) = try Self.known()
        let conflict = AWSModel.refusal(409, "VersionConflictException")
        var run = AWSRun(
            aws, .provision, AWSRun.device(), AWSRun.settings, troubles: [2: .answered(conflict)])
        expectProvisioned(try run.end(), run, "conflict")
        #expect(run.aws.calls.filter { $0 == "DescribeThing" }.count >= 2)
    }

    @Test(arguments: AWSSettings.Issuer.allCases)
    func `a certificate that another account has handed over is let in, and nothing is made without one`(
        _ issuer: AWSSettings.Issuer
    ) throws {
        var aws = AWSModel()
        let made = aws.answer(AWSCalls.createCertificateFromCsr(FakePEM.requestPEM("key-1")))
        let id = try #require(AWSReplies.read(AWSReplies.NewCertificate.self, made)?.certificateId)
        var device = AWSRun.device(marks: [AWSMark.certificate: id])
        device.proof = nil
        var run = AWSRun(aws, .provision, device, Self.settings(issuer))
        let findings = run.target.findings(in: run.work, at: Timestamp(milliseconds: 1_700_000_000_000))
        #expect(findings.filter { $0.weight == .refused } == [])
        guard case .done(let outcome) = try run.end() else { throw Broken() }
        #expect(outcome.device?.marks[AWSMark.certificate] == id && outcome.certificateChain == nil)
        #expect(run.aws.content.certificates == [id: "ACTIVE"])
        device.marks[AWSMark.certificate] = String(repeating: "0", count: 64)
        var missing = AWSRun(AWSModel(), .provision, device, Self.settings(issuer))
        guard case .refused(let fault) = try missing.end() else { throw Broken() }
        #expect(fault.code == "aws_certificate_missing" && missing.aws.content == AWSModel().content)
    }
}
