import AWSIoT
import Model
import TargetCore
import Testing

/// What is refused before anything is touched.
@Suite struct AWSRefusalTests {
    @Test func `a thing of another device is left as it is`() throws {
        for attributes in [[:], ["device": "d-1", "tenant": "other"], ["device": "d-2", "tenant": "acme"]] {
            var aws = AWSModel()
            aws.things["meter-1"] = .init(type: nil, attributes: attributes, billing: nil)
            for intent in TargetIntent.allCases where intent != .verifySeen {
                var run = AWSRun(
                    aws, intent,
                    AWSRun.device(marks: [AWSMark.certificate: String(repeating: "a", count: 64)]),
                    AWSRun.settings)
                guard case .refused(let fault) = try run.end() else {
                    Issue.record("\(intent) was not refused")
                    continue
                }
                #expect(fault.code == "aws_thing_of_another")
                #expect(run.aws.content == aws.content)
            }
        }
    }

    @Test func `a certificate of another thing is not attached`() throws {
        let settings = AWSProvisionTests.settings(.registrar)
        let device = AWSRun.device(proof: AWSProvisionTests.proof(.registrar))
        var aws = AWSModel()
        let id = aws.add(FakePEM.certificate(key: "key-1", serial: 900), status: "ACTIVE")
        aws.attachments = [.init(thing: "meter-9", certificate: id)]
        var run = AWSRun(aws, .provision, device, settings)
        guard case .refused(let fault) = try run.end() else {
            Issue.record("it was not refused")
            return
        }
        #expect(fault.code == "aws_certificate_of_another")
        #expect(run.aws.content == aws.content)
    }

    @Test func `a proof that does not fit the issuer is refused without a call`() throws {
        var run = AWSRun(AWSModel(), .provision, AWSRun.device(proof: .symmetricKey), AWSRun.settings)
        guard case .refused(let fault) = try run.end() else {
            Issue.record("it was not refused")
            return
        }
        #expect(fault.code == "aws_proof_kind")
        #expect(run.aws.calls.isEmpty)
    }
}
