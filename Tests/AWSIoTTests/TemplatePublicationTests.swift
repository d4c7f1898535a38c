import AWSIoT
import Model
import TargetCore
import Testing

/// A template that is put into an account, whatever is there.
@Suite struct TemplatePublicationTests {
    private static let body = #"{"Resources":{"a":{},"b":{}}}"#

    private static func fine(_ json: String = "{}") -> CloudReply {
        CloudReply(status: 200, body: Array(json.utf8))
    }

    private static func there(
        _ body: String = body, role: String = "r", type: String = "FLEET_PROVISIONING", enabled: Bool = true
    ) -> CloudReply {
        let text = (try? CanonicalJSON.text(body)) ?? ""
        return fine(
            #"{"templateBody":\#(text),"provisioningRoleArn":"\#(role)","type":"\#(type)","enabled":\#(enabled)}"#
        )
    }

    /// Goes through with answers by the call's name, and gives the names of the calls.
    private static func walk(
        _ publication: inout TemplatePublication, _ answers: [String: [CloudReply]], lost: Int? = nil
    ) -> [String] {
        var (calls, answers): ([String], [String: [CloudReply]]) = ([], answers)
        while case .call(let call, _) = publication.move, calls.count < 20 {
            calls.append(call.name)
            publication.willSend(call)
            if calls.count - 1 == lost {
                publication.loseAnswer(of: call)
                continue
            }
            var left = answers[call.name] ?? []
            publication.take(left.isEmpty ? fine() : left.removeFirst(), of: call)
            answers[call.name] = left
        }
        return calls
    }

    private func publication() -> TemplatePublication {
        TemplatePublication("t", body: Self.body, role: "r")
    }

    private static let describe = "DescribeProvisioningTemplate"
    private static let missing = AWSModel.refusal(404, "ResourceNotFoundException")

    @Test func `one that is not there is made, and not twice when the answer was lost`() {
        var one = publication()
        #expect(
            Self.walk(&one, [Self.describe: [Self.missing]]) == [Self.describe, "CreateProvisioningTemplate"])
        #expect(one.result == .made && one.move == .done)
        var two = publication()
        let calls = Self.walk(&two, [Self.describe: [Self.missing, Self.there()]], lost: 1)
        #expect(calls == [Self.describe, "CreateProvisioningTemplate", Self.describe])
        #expect(two.result == .unchanged)
    }

    @Test func `one that says the same in another layout is left alone`() {
        var one = publication()
        let calls = Self.walk(&one, [Self.describe: [Self.there(#"{ "Resources": {"b":{}, "a":{}} }"#)]])
        #expect(calls == [Self.describe])
        #expect(one.result == .unchanged)
    }

    @Test func `another body is a new version, for which the oldest of five goes`() {
        var one = publication()
        let versions = (1...5).map { #"{"versionId":\#($0),"isDefaultVersion":\#($0 == 1)}"# }
        let calls = Self.walk(
            &one,
            [
                Self.describe: [Self.there("{}")],
                "ListProvisioningTemplateVersions": [
                    Self.fine(#"{"versions":[\#(versions.joined(separator: ","))]}"#)
                ],
            ])
        #expect(
            calls == [
                Self.describe, "ListProvisioningTemplateVersions", "DeleteProvisioningTemplateVersion",
                "CreateProvisioningTemplateVersion",
            ])
        #expect(one.result == .changed)
    }

    @Test func `another role or standing is changed without a version`() {
        for reply in [Self.there(role: "other"), Self.there(enabled: false)] {
            var one = publication()
            #expect(
                Self.walk(&one, [Self.describe: [reply]]) == [Self.describe, "UpdateProvisioningTemplate"])
            #expect(one.result == .changed)
        }
    }

    @Test func `one of another use is not touched`() {
        var one = publication()
        #expect(Self.walk(&one, [Self.describe: [Self.there(type: "JITP")]]) == [Self.describe])
        guard case .refused(let fault) = one.move else {
            Issue.record("it was not refused")
            return
        }
        #expect(fault.code == "aws_template_type" && one.result == nil)
    }

    @Test func `names are made of patterns`() {
        #expect(
            AWSTemplate.parts("m-{Serial}-{Site}x")
                == [.text("m-"), .parameter("Serial"), .text("-"), .parameter("Site"), .text("x")])
        #expect(AWSTemplate.parts("{A}") == [.parameter("A")])
        #expect(AWSTemplate.parts("a{b") == [.text("a{b")])
    }
}
