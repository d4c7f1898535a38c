package import TargetCore

/// Calls for many devices before they are made.
package enum BatchLint {
    /// - Parameters:
    ///   - names: as the call would name them.
    ///   - longest: `DPSCalls.bulk`, or `HubCalls.bulk`.
    ///   - isCaseSensitive: hubs keep case, the provisioning service does not.
    package static func findings(
        _ names: [String], longest: Int, isCaseSensitive: Bool
    ) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        if names.count > longest {
            findings.append(
                TargetFinding(
                    "azure_batch_too_large", what: "\(names.count) devices are in one call, and \(longest) are taken",
                    nextStep: "Send them in calls of \(longest)."))
        }
        var seen: Set<String> = []
        let twice = names.first { !seen.insert(isCaseSensitive ? $0 : RegistrationID.lowered($0)).inserted }
        if let twice {
            findings.append(
                TargetFinding(
                    "azure_batch_repeats", what: "“\(twice)” is in one call twice; all of the call would be refused",
                    nextStep: "Find the two devices of one name and give one of them another."))
        }
        return findings
    }
}
