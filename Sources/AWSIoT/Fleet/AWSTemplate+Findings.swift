import Model
package import TargetCore

extension AWSTemplate {
    private static let limitCharacters = 10_240
    private static let resources = [
        "AWS::IoT::Thing", "AWS::IoT::Certificate", "AWS::IoT::Policy",
    ]
    /// What just-in-time provisioning takes out of a certificate's subject.
    private static let subjectParameters = [
        "Country", "Organization", "OrganizationalUnit", "DistinguishedNameQualifier", "StateName",
        "CommonName", "SerialNumber", "Id",
    ].map { "AWS::IoT::Certificate::\($0)" }

    /// What AWS would refuse of a template's body.
    package static func findings(in body: String, use: Use) -> [TargetFinding] {
        guard let template = JSONValue(body), case .object(let members) = template else {
            return [
                TargetFinding(
                    "aws_template_json", what: "The template's body is no JSON object.",
                    nextStep: "Correct it; a comma after the last member is the usual cause.")
            ]
        }
        var findings: [TargetFinding] = []
        if body.unicodeScalars.count > limitCharacters {
            findings.append(
                TargetFinding(
                    "aws_template_length",
                    what:
                        "A template has at most 10,240 characters; this one has \(body.unicodeScalars.count).",
                    nextStep: "Take blanks out, or name a policy in place of its document."))
        }
        return findings + memberFindings(members, use) + resourceFindings(template, use)
            + parameterFindings(template, use)
    }

    private static func memberFindings(_ members: [String: JSONValue], _ use: Use) -> [TargetFinding] {
        let allowed: Set<String> =
            use == .fleet
            ? ["Parameters", "Resources", "Mappings", "DeviceConfiguration"]
            : ["Parameters", "Resources"]
        return members.keys.filter { !allowed.contains($0) }.sorted().map {
            TargetFinding(
                "aws_template_member", what: "A template of this use has no member \(VisibleText.of($0)).",
                nextStep: "Take it out; \(allowed.sorted().joined(separator: ", ")) are known.")
        }
    }

    private static func resourceFindings(_ template: JSONValue, _ use: Use) -> [TargetFinding] {
        let resources = template["Resources"]?.members ?? [:]
        var findings: [TargetFinding] = []
        for (name, resource) in resources.sorted(by: { $0.key < $1.key }) {
            let type = resource["Type"]?.text ?? ""
            if !Self.resources.contains(type) {
                findings.append(
                    TargetFinding(
                        "aws_template_resource",
                        what:
                            "\(VisibleText.of(name)) is of type \(VisibleText.of(type)), which templates do not make.",
                        nextStep: "Use things, certificates and policies alone."))
            }
            if type == "AWS::IoT::Certificate" {
                findings += certificateFindings(resource["Properties"]?.members ?? [:], use)
            }
        }
        if !resources.values.contains(where: { $0["Type"]?.text == "AWS::IoT::Certificate" }) {
            findings.append(
                TargetFinding(
                    "aws_template_certificate",
                    what: "The template has no certificate, so no device could connect.",
                    nextStep: "Add a resource of type AWS::IoT::Certificate."))
        }
        return findings
    }

    private static func certificateFindings(
        _ properties: [String: JSONValue], _ use: Use
    ) -> [TargetFinding] {
        let isByID = properties["CertificateId"] != nil
        let isOther = properties["CertificateSigningRequest"] != nil || properties["CertificatePem"] != nil
        if use == .bulk ? isByID || isOther : isByID && !isOther { return [] }
        return [
            TargetFinding(
                "aws_template_certificate_source",
                what: use == .bulk
                    ? "The template does not say where a device's certificate comes from."
                    : "Templates of fleets and authorities may name the certificate by its id alone.",
                nextStep: use == .bulk
                    ? "Set CertificateSigningRequest, CertificatePem or CertificateId."
                    : "Set CertificateId to {\"Ref\":\"AWS::IoT::Certificate::Id\"} and nothing else.")
        ]
    }

    private static func parameterFindings(_ template: JSONValue, _ use: Use) -> [TargetFinding] {
        let declared = Set((template["Parameters"]?.members ?? [:]).keys)
        let referred = references(template["Resources"] ?? .null)
        var findings = referred.subtracting(declared).sorted().map {
            TargetFinding(
                "aws_template_parameter",
                what: "The template refers to \(VisibleText.of($0)) and does not declare it.",
                nextStep: "Add it to Parameters.")
        }
        if use == .justInTime {
            findings += declared.filter { !subjectParameters.contains($0) }.sorted().map {
                TargetFinding(
                    "aws_template_subject",
                    what:
                        "\(VisibleText.of($0)) is in no certificate's subject; with it every first connection fails.",
                    nextStep: "Use the parameters AWS::IoT::Certificate::… that all your certificates have.")
            }
        }
        return findings
    }

    /// Names under `Ref`, at any depth.
    private static func references(_ value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { names, member in
                if member.key == "Ref", let name = member.value.text { names.insert(name) }
                names.formUnion(references(member.value))
            }
        case .list(let items): items.reduce(into: []) { $0.formUnion(references($1)) }
        case .null, .boolean, .integer, .number, .text: []
        }
    }
}
