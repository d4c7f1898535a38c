import AWSIoT
import Model
import TargetCore
import Testing

/// Templates, and the question that AWS asks before it follows one.
@Suite struct AWSTemplateTests {
    @Test(arguments: AWSTemplate.Use.allCases)
    func `a template that is built has no finding`(_ use: AWSTemplate.Use) {
        let serial = use == .justInTime ? "AWS::IoT::Certificate::SerialNumber" : "SerialNumber"
        let template = AWSTemplate(
            use: use, thingName: [.text("meter-"), .parameter(serial)],
            attributes: ["serial": [.parameter(serial)]], thingType: "meter", groups: ["meters"],
            policy: "device",
            deviceConfiguration: ["a": "b"])
        #expect(AWSTemplate.findings(in: template.body, use: use) == [])
    }

    @Test(arguments: [
        ("{", "aws_template_json"), ("{}", "aws_template_certificate"),
        (
            #"{"Resources":{"c":{"Type":"AWS::IoT::Certificate","Properties":{"CertificatePem":"x"}}}}"#,
            "aws_template_certificate_source"
        ),
        (
            #"{"Resources":{"c":{"Type":"AWS::IoT::Certificate","Properties":{"CertificateId":{"Ref":"X"}}}}}"#,
            "aws_template_parameter"
        ),
        (
            #"{"Outputs":{},"Resources":{"c":{"Type":"AWS::IoT::Certificate","Properties":{"CertificateId":"i"}}}}"#,
            "aws_template_member"
        ),
        (
            #"{"Resources":{"c":{"Type":"AWS::IoT::Certificate","Properties":{"CertificateId":"i"}},"q":{"Type":"AWS::SQS::Queue"}}}"#,
            "aws_template_resource"
        ),
    ])
    func `what AWS would refuse of a template is found`(_ body: String, _ code: String) {
        #expect(AWSTemplate.findings(in: body, use: .fleet).map(\.code) == [code])
    }

    @Test func `a template's length and its subject's parameters are found too`() {
        let long = #"{"Resources":{"c":{"Type":"AWS::IoT::Certificate","Properties":{"CertificateId":"i"}}}}"#
        let blanks = String(repeating: " ", count: 10_240)
        #expect(AWSTemplate.findings(in: long + blanks, use: .fleet).map(\.code) == ["aws_template_length"])
        let template = AWSTemplate(use: .justInTime, thingName: [.parameter("Serial")], policy: "p")
        #expect(
            AWSTemplate.findings(in: template.body, use: .justInTime).map(\.code) == ["aws_template_subject"])
    }

    @Test(arguments: [
        (#"{"certificateId":"c1","parameters":{"SerialNumber":"SN7"}}"#, true),
        (#"{"certificateId":"c1","parameters":{"SerialNumber":"SN8"}}"#, false),
        (#"{"certificateId":"c2","parameters":{"SerialNumber":"SN9"}}"#, false),
        (#"{"certificateId":"c1","parameters":{"SerialNumber":"SN9"}}"#, true),
        (#"{"parameters":{}}"#, false), ("", false), (#"{"parameters":{"SerialNumber":7}}"#, false),
    ])
    func `only serial numbers of the job are let in, and each once`(_ payload: String, _ allows: Bool) {
        let answer = AWSProvisioningQuestion.answer(
            to: Array(payload.utf8), serials: ["SN7": ["Site": "berlin"], "SN9": [:]],
            provisioned: ["SN9": "c1"])
        #expect(answer.allows == allows)
        let json = String(decoding: answer.json, as: UTF8.self)
        #expect(json.hasPrefix(#"{"allowProvisioning":\#(allows),"parameterOverrides":{"#))
        #expect(json.contains("berlin") == payload.contains("SN7"))
    }
}
