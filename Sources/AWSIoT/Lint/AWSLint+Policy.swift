import Model
package import TargetCore

extension AWSLint {
    /// Without blanks. Source: AWS IoT Core endpoints and quotas, "Policy document size".
    static let limitPolicyCharacters = 2048

    /// What AWS would refuse of a policy's document, or what gives every device every right.
    package static func policyFindings(_ document: String) -> [TargetFinding] {
        guard let policy = JSONValue(document) else {
            return [
                TargetFinding(
                    "aws_policy_json", what: "The policy's document is no JSON.",
                    nextStep: "Correct it; a comma after the last member is the usual cause.")
            ]
        }
        var findings = lengthFindings(document)
        if policy["Version"]?.text != "2012-10-17" {
            findings.append(
                TargetFinding(
                    "aws_policy_version",
                    what: "The policy's Version must be 2012-10-17, or its variables are taken literally.",
                    nextStep: "Set Version to 2012-10-17; it is no date of yours."))
        }
        let statements = policy["Statement"]?.asList ?? []
        if statements.isEmpty {
            findings.append(
                TargetFinding(
                    "aws_policy_statement", what: "The policy has no Statement.",
                    nextStep: "Add statements of Effect, Action and Resource."))
        }
        return findings + statements.flatMap(statementFindings)
    }

    private static func lengthFindings(_ document: String) -> [TargetFinding] {
        let count = document.unicodeScalars.reduce(0) {
            $0 + ($1.properties.isWhitespace ? 0 : 1)
        }
        guard count > limitPolicyCharacters else { return [] }
        return [
            TargetFinding(
                "aws_policy_length",
                what:
                    "A policy has at most \(limitPolicyCharacters) characters without blanks; this one has \(count).",
                nextStep:
                    "Use variables such as ${iot:Connection.Thing.ThingName} in place of lists of devices.")
        ]
    }

    private static func statementFindings(_ statement: JSONValue) -> [TargetFinding] {
        guard let effect = statement["Effect"]?.text, ["Allow", "Deny"].contains(effect),
            let actions = statement["Action"]?.asList.compactMap(\.text), !actions.isEmpty,
            let resources = statement["Resource"]?.asList.compactMap(\.text), !resources.isEmpty
        else {
            return [
                TargetFinding(
                    "aws_policy_members",
                    what: "A statement needs Effect (Allow or Deny), Action and Resource.",
                    nextStep: "Complete the statement.")
            ]
        }
        var findings: [TargetFinding] = []
        for action in actions where action != "*" && !action.hasPrefix("iot:") {
            findings.append(
                TargetFinding(
                    "aws_policy_action",
                    what: "\(VisibleText.of(action)) is no action of AWS IoT; devices have no other.",
                    nextStep: "Use iot:Connect, iot:Publish, iot:Receive and iot:Subscribe."))
        }
        if effect == "Allow", actions.contains(where: { ["*", "iot:*"].contains($0) }),
            resources.contains("*")
        {
            findings.append(
                TargetFinding(
                    "aws_policy_everything", .warned,
                    what: "The policy lets every device do everything as every other device.",
                    nextStep: "Limit it to topics and client ids with ${iot:Connection.Thing.ThingName}."))
        }
        return findings
    }
}
