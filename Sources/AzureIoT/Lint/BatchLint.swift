package import TargetCore

/// Calls for many devices before they are made.
package enum BatchLint {
    /// What a service would refuse of a call that names these: more than `longest`, which is `DPSCalls.bulk` or
    /// `HubCalls.bulk`, or one name twice. Hubs keep the case of names, the provisioning service does not.
    package static func findings(
        _ names: [String], longest: Int, isCaseSensitive: Bool
    ) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        if names.count > longest {
            findings.append(
                TargetFinding(
                    "azure_batch_too_large",
                    what: "\(names.count) devices are in one call, and \(longest) are taken",
                    nextStep: "Send them in calls of \(longest)."))
        }
        var seen: Set<String> = []
        let twice = names.first { !seen.insert(isCaseSensitive ? $0 : RegistrationID.lowered($0)).inserted }
        if let twice {
            findings.append(
                TargetFinding(
                    "azure_batch_repeats",
                    what: "“\(twice)” is in one call twice; all of the call would be refused",
                    nextStep: "Find the two devices of one name and give one of them another."))
        }
        return findings
    }
}
