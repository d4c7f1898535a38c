import Model
package import TargetCore

extension AWSLint {
    /// What is wrong with a target's settings, whatever the device.
    package static func findings(in settings: AWSSettings) -> [TargetFinding] {
        accountFindings(settings) + nameFindings(settings) + templateFindings(settings)
            + authorityFindings(settings)
    }

    private static func accountFindings(_ settings: AWSSettings) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        let account = settings.accountID
        if account.utf8.count != 12 || !account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            findings.append(
                TargetFinding(
                    "aws_account_id",
                    what:
                        "An account's id has twelve digits; the target's has \(account.utf8.count) characters.",
                    nextStep: "Copy the account id from the AWS console, without dashes."))
        }
        let region = settings.endpoint.region
        if !isOf(region, "-", 1...32) || region.split(separator: "-").count < 3 {
            findings.append(
                TargetFinding(
                    "aws_region", what: "A region is written like eu-west-1; the target's is not.",
                    nextStep: "Set the region's code, not its name or an availability zone."))
        } else if region.last?.isLetter == true {
            findings.append(
                TargetFinding(
                    "aws_region_zone", what: "\(region) is an availability zone and no region.",
                    nextStep: "Leave the last letter out."))
        }
        return findings
    }

    private static func nameFindings(_ settings: AWSSettings) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        if !isPolicyName(settings.policy) {
            findings.append(
                TargetFinding(
                    "aws_policy_name",
                    what:
                        "A policy's name has 1 to 128 letters, digits and + = , . @ - _; the target's has not.",
                    nextStep: "Set the name of the policy as the AWS console shows it, not its ARN."))
        }
        let names = settings.groups + [settings.thingType, settings.billingGroup].compactMap { $0 }
        for name in names where !isName(name) {
            findings.append(
                TargetFinding(
                    "aws_group_name",
                    what:
                        "Types and groups have names of 1 to 128 letters, digits, colon, underscore and dash; "
                        + "\(VisibleText.of(name)) is none.",
                    nextStep: "Set the name as the AWS console shows it, not its ARN."))
        }
        if settings.groups.count > limitGroups {
            findings.append(
                TargetFinding(
                    "aws_groups",
                    what:
                        "A thing is in \(limitGroups) groups at most; the target names \(settings.groups.count).",
                    nextStep: "Name fewer groups."))
        }
        if let template = settings.fleetTemplate, !isTemplateName(template) {
            findings.append(
                TargetFinding(
                    "aws_fleet_template_name",
                    what: "A provisioning template's name has 1 to 36 letters, digits, _ and -; "
                        + "\(VisibleText.of(template)) is none.",
                    nextStep: "Set fleetTemplate to the name as `fleet template list` shows it."))
        }
        return findings
    }

    private static func templateFindings(_ settings: AWSSettings) -> [TargetFinding] {
        settings.attributes.sorted { $0.key < $1.key }.flatMap { name, template in
            attributeTemplateFindings(name, template)
        }
    }

    private static func attributeTemplateFindings(_ name: String, _ template: String) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        if !isOf(name, "_.,@/:#-", 1...limitNameCharacters) {
            findings.append(
                TargetFinding(
                    "aws_attribute_name",
                    what: "An attribute's name has 1 to 128 letters, digits and _ . , @ / : # -; "
                        + "\(VisibleText.of(name)) has not.", nextStep: "Rename the attribute."))
        }
        var rest = template[...]
        var literal = ""
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            literal += rest[..<open]
            let placeholder = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            guard !AWSAttributes.placeholders.contains(placeholder) else { continue }
            findings.append(
                TargetFinding(
                    "aws_attribute_placeholder",
                    what:
                        "The template of \(VisibleText.of(name)) names {\(VisibleText.of(placeholder))}, which is "
                        + "not known.",
                    nextStep: "Use one of \(AWSAttributes.placeholders.joined(separator: ", "))."))
        }
        if !(literal + rest).utf8.allSatisfy(AWSAttributes.isAllowedInValue) {
            findings.append(
                TargetFinding(
                    "aws_attribute_template",
                    what:
                        "The template of \(VisibleText.of(name)) has characters that AWS takes in no value, such "
                        + "as blanks and umlauts.",
                    nextStep: "Use letters, digits and _ . , @ / : # = [ ] - in it."))
        }
        return findings
    }

    private static func authorityFindings(_ settings: AWSSettings) -> [TargetFinding] {
        guard settings.issuer == .authority, settings.authorityCertificate == nil else { return [] }
        return [
            TargetFinding(
                "aws_authority_unnamed", .warned,
                what:
                    "The registered authority's certificate is not set; where two have its subject, AWS refuses.",
                nextStep: "Set the authority's certificate in the target.")
        ]
    }
}
