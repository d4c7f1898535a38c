import AWSIoT
import Model
import TargetCore
import Testing

/// The intents for a device that is known: each from start to end, and with trouble at every call.
@Suite struct AWSIntentTests {
    struct Broken: Error {}

    private func provisioned(
        _ settings: AWSSettings = AWSRun.settings, proof: TargetDevice.Proof? = nil
    ) throws -> (AWSModel, DeviceTarget) {
        var run = AWSRun(AWSModel(), .provision, AWSRun.device(proof: proof), settings)
        guard case .done(let outcome) = try run.end(), let device = outcome.device else { throw Broken() }
        run.aws.clock += 86_400
        return (run.aws, device)
    }

    /// Performs it plainly and with an answer lost at every call; all must come to the same.
    private func walk(
        _ aws: AWSModel, _ intent: TargetIntent, _ device: TargetDevice,
        _ settings: AWSSettings = AWSRun.settings,
        _ check: (AWSModel, TargetOutcome, String) throws -> Void
    ) throws {
        var plain = AWSRun(aws, intent, device, settings)
        guard case .done(let outcome) = try plain.end() else { throw Broken() }
        try check(plain.aws, outcome, "plain")
        for index in 0..<plain.calls {
            for trouble: AWSRun.Trouble in [
                .lostBefore, .lostAfter, .answered(AWSModel.refusal(503, "ServiceUnavailableException")),
            ] {
                var run = AWSRun(aws, intent, device, settings, troubles: [index: trouble])
                guard case .done(let outcome) = try run.end() else {
                    Issue.record("\(intent) with \(trouble) at \(index) was not done")
                    continue
                }
                try check(run.aws, outcome, "\(trouble) at \(index)")
            }
        }
    }

    /// A final refusal at any call of it leaves all as it was.
    private func refuseEach(_ aws: AWSModel, _ intent: TargetIntent, _ device: TargetDevice) throws {
        var plain = AWSRun(aws, intent, device, AWSRun.settings)
        _ = try plain.end()
        for index in 0..<plain.calls {
            var run = AWSRun(
                aws, intent, device, AWSRun.settings, troubles: [index: .answered(AWSRun.finalRefusal)])
            guard case .refused = try run.end() else {
                Issue.record("\(intent) refused at \(index) was done")
                continue
            }
            #expect(run.aws.content == aws.content, "\(intent) refused at \(index)")
        }
    }

    @Test func `a rotation lets the new certificate in beside the old one, and its end takes the old away`()
        throws
    {
        let (aws, before) = try provisioned()
        let old = try #require(before.marks[AWSMark.certificate])
        let device = AWSRun.device(key: "key-2", marks: before.marks)
        var rotated: (AWSModel, DeviceTarget)?
        try walk(aws, .rotate, device) { aws, outcome, note in
            let target = try #require(outcome.device)
            let new = try #require(target.marks[AWSMark.certificate])
            #expect(target.marks[AWSMark.previous] == old, "\(note)")
            #expect(new != old)
            #expect(aws.certificates.mapValues(\.status) == [old: "ACTIVE", new: "ACTIVE"], "\(note)")
            #expect(aws.certificates[new]?.policies == ["device"])
            #expect(Set(aws.attachments.map(\.certificate)) == [old, new], "\(note)")
            if note == "plain" { rotated = (aws, target) }
        }
        try refuseEach(aws, .rotate, device)
        let (after, target) = try #require(rotated)
        try walk(after, .finishRotation, AWSRun.device(marks: target.marks)) { aws, outcome, note in
            let new = try #require(outcome.device?.marks[AWSMark.certificate])
            #expect(aws.certificates.mapValues(\.status) == [new: "ACTIVE"], "\(note)")
            #expect(aws.attachments.filter { $0.detachedAt == nil }.map(\.certificate) == [new], "\(note)")
            #expect(outcome.device?.marks[AWSMark.previous] == nil)
        }
    }

    @Test func `an old certificate stays until the new one is active`() throws {
        var (aws, before) = try provisioned()
        let current = try #require(before.marks[AWSMark.certificate])
        aws.certificates[current]?.status = "INACTIVE"
        var run = AWSRun(aws, .finishRotation, AWSRun.device(marks: before.marks), AWSRun.settings)
        guard case .refused(let fault) = try run.end() else { throw Broken() }
        #expect(fault.code == "aws_new_certificate_not_active")
        #expect(run.aws.content == aws.content)
        run = AWSRun(aws, .finishRotation, AWSRun.device(), AWSRun.settings)
        guard case .refused(let unknown) = try run.end() else { throw Broken() }
        #expect(unknown.code == "aws_no_current_certificate")
    }

    @Test func `disabling and enabling lead there and back, and a refusal changes nothing`() throws {
        let (aws, before) = try provisioned()
        let id = try #require(before.marks[AWSMark.certificate])
        var disabled: (AWSModel, DeviceTarget)?
        try walk(aws, .disable, AWSRun.device(marks: before.marks)) { aws, outcome, note in
            #expect(aws.certificates[id]?.status == "INACTIVE", "\(note)")
            #expect(outcome.device?.standing == .disabled)
            #expect(outcome.device?.marks[AWSMark.disabled] == id, "\(note)")
            if note == "plain" { disabled = try (aws, #require(outcome.device)) }
        }
        try refuseEach(aws, .disable, AWSRun.device(marks: before.marks))
        let (after, target) = try #require(disabled)
        try walk(after, .enable, AWSRun.device(marks: target.marks)) { aws, outcome, note in
            #expect(aws.certificates[id]?.status == "ACTIVE", "\(note)")
            #expect(outcome.device?.standing == .enabled)
            #expect(outcome.device?.marks[AWSMark.disabled] == nil)
        }
        try refuseEach(after, .enable, AWSRun.device(marks: target.marks))
    }

    @Test func `a revoked certificate is not let in again`() throws {
        var (aws, before) = try provisioned()
        let id = try #require(before.marks[AWSMark.certificate])
        aws.certificates[id]?.status = "REVOKED"
        for intent in [TargetIntent.enable, .provision] {
            var run = AWSRun(aws, intent, AWSRun.device(marks: before.marks), AWSRun.settings)
            guard case .refused(let fault) = try run.end() else { throw Broken() }
            #expect(fault.code == "aws_certificate_revoked")
            #expect(run.aws.content == aws.content)
        }
    }

    @Test func `removing leaves nothing of the device, and removing again is no fault`() throws {
        let (aws, before) = try provisioned()
        try walk(aws, .remove, AWSRun.device(marks: before.marks)) { aws, outcome, note in
            #expect(aws.content == AWSModel().content, "\(note)")
            #expect(outcome.device == nil)
        }
        try walk(AWSModel(), .remove, AWSRun.device(marks: before.marks)) { aws, outcome, _ in
            #expect(aws.content == AWSModel().content)
            #expect(outcome.device == nil)
        }
    }

    @Test func `a certificate of a registered authority is revoked and kept, so that it cannot come back`()
        throws
    {
        var settings = AWSRun.settings
        settings.issuer = .authority
        let proof = TargetDevice.Proof.certificate(FakePEM.certificate(key: "key-1", serial: 9))
        let (aws, before) = try provisioned(settings, proof: proof)
        let id = try #require(before.marks[AWSMark.certificate])
        try walk(aws, .remove, AWSRun.device(proof: proof, marks: before.marks), settings) { aws, _, note in
            #expect(aws.certificates[id]?.status == "REVOKED", "\(note)")
            #expect(aws.certificates[id]?.policies == [])
            #expect(aws.things.isEmpty)
        }
    }

    @Test func `a certificate that another thing has too is only detached`() throws {
        var (aws, before) = try provisioned()
        let id = try #require(before.marks[AWSMark.certificate])
        aws.attachments.append(.init(thing: "meter-9", certificate: id))
        try walk(aws, .remove, AWSRun.device(marks: before.marks)) { aws, _, note in
            #expect(aws.certificates[id]?.status == "ACTIVE", "\(note)")
            #expect(aws.attachments.filter { $0.detachedAt == nil }.map(\.thing) == ["meter-9"], "\(note)")
            #expect(aws.things.isEmpty)
        }
    }

    @Test func `describing says what is there and changes nothing`() throws {
        let (aws, before) = try provisioned()
        try walk(aws, .describe, AWSRun.device(marks: before.marks)) { after, outcome, _ in
            #expect(outcome.device?.marks == before.marks)
            #expect(outcome.device?.standing == .enabled)
            #expect(after.content == aws.content)
        }
        try walk(AWSModel(), .describe, AWSRun.device()) { _, outcome, _ in #expect(outcome.device == nil) }
        for intent in [TargetIntent.rotate, .disable, .enable, .verifySeen] {
            var run = AWSRun(AWSModel(), intent, AWSRun.device(), AWSRun.settings)
            guard case .refused(let fault) = try run.end() else { throw Broken() }
            #expect(fault.code == "aws_thing_missing")
        }
    }

    @Test func `whether a device was seen is said only where the account indexes it`() throws {
        let (aws, before) = try provisioned()
        var seen = aws
        seen.connectivity = ["meter-1": 1_700_000_123_456]
        try walk(seen, .verifySeen, AWSRun.device(marks: before.marks)) { _, outcome, _ in
            #expect(outcome.seenAt == Timestamp(milliseconds: 1_700_000_123_456))
            #expect(outcome.device?.marks == before.marks)
        }
        seen.connectivity = ["meter-1": Int64?.none]
        try walk(seen, .verifySeen, AWSRun.device()) { _, outcome, _ in #expect(outcome.seenAt == nil) }
        seen.connectivity = [:]
        var run = AWSRun(seen, .verifySeen, AWSRun.device(), AWSRun.settings)
        guard case .refused(let fault) = try run.end() else { throw Broken() }
        #expect(fault.code == "aws_connectivity_unknown")
    }

    @Test func `no answer, however odd, traps or keeps the work from its end`() throws {
        let bodies = ["", "null", "{", #"{"thingName":7}"#, #"{"certificateId":"x"}"#]
        for intent in [TargetIntent.provision, .rotate, .remove, .verifySeen] {
            let (aws, before) = try provisioned()
            var plain = AWSRun(aws, intent, AWSRun.device(marks: before.marks), AWSRun.settings)
            _ = try plain.end()
            for index in 0..<plain.calls {
                let odd =
                    bodies.map { CloudReply(status: 200, body: Array($0.utf8)) }
                    + [302, 404, 500].map { CloudReply(status: $0) }
                for reply in odd {
                    var run = AWSRun(
                        aws, intent, AWSRun.device(marks: before.marks), AWSRun.settings,
                        troubles: [index: .answered(reply)])
                    #expect(try run.end() != nil, "\(intent) at \(index) by \(reply.status)")
                }
            }
        }
    }
}
