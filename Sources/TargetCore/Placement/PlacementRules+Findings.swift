package import Model

extension PlacementRules {
    /// What is wrong with the rules, before they are taken: those that are `refused` would place devices
    /// wrongly or nowhere.
    ///
    /// `known` are the registrar's targets.
    package func findings(known: Set<TargetID>) -> [TargetFinding] {
        candidateFindings(known) + weightFindings + tableFindings + policyFindings + ruleFindings
    }

    private func candidateFindings(_ known: Set<TargetID>) -> [TargetFinding] {
        guard !candidates.isEmpty else {
            return [
                TargetFinding(
                    "placement_no_candidates", what: "The rules have no target; no device would be placed.",
                    nextStep: "Add at least one candidate")
            ]
        }
        let unknown = names(candidates.map(\.target).filter { !known.contains($0) })
        let twice = names(Self.repeated(candidates.map(\.target)))
        return [
            unknown.map {
                TargetFinding(
                    "placement_target_unknown", what: "The registrar has no target \($0).",
                    nextStep: "Add the target first, or take it from the candidates")
            },
            twice.map {
                TargetFinding(
                    "placement_candidate_twice", what: "\($0) is a candidate more than once.",
                    nextStep: "Leave one entry for each target")
            },
        ].compactMap { $0 }
    }

    private var weightFindings: [TargetFinding] {
        var findings: [TargetFinding] = []
        let wrong = candidates.filter { !(0...PlacementCandidate.mostWeight).contains($0.weight) }
        if let names = names(wrong.map(\.target)) {
            findings.append(
                TargetFinding(
                    "placement_weight_bounds",
                    what: "The weight of \(names) must be from 0 to \(PlacementCandidate.mostWeight).",
                    nextStep: "Give each target a weight beside the others, such as 1 and 3"))
        }
        if !candidates.isEmpty, candidates.allSatisfy({ $0.share == 0 }) {
            findings.append(
                TargetFinding(
                    "placement_all_weights_zero",
                    what: "Every target has weight 0; no new device would be placed.",
                    nextStep: "Give at least one target a weight of 1 or more"))
        } else if !candidates.isEmpty, !candidates.contains(where: { $0.standing == .up && $0.share > 0 }) {
            findings.append(
                TargetFinding(
                    "placement_none_up", .warned,
                    what: "No target with a weight is up; no new device is placed for now.",
                    nextStep: "Set a target up, or add one"))
        }
        if let names = names(candidates.filter { $0.capacity.map { $0 < 1 } ?? false }.map(\.target)) {
            findings.append(
                TargetFinding(
                    "placement_capacity_bounds", what: "The capacity of \(names) must be 1 or more.",
                    nextStep: "Leave the capacity out for no bound; weight 0 takes no new devices"))
        }
        return findings
    }

    private var policyFindings: [TargetFinding] {
        var findings: [TargetFinding] = []
        if policy == .custom, rules.isEmpty {
            findings.append(
                TargetFinding(
                    "placement_rules_missing", .warned,
                    what: "The policy is custom and there is no rule; every device goes by the fallback.",
                    nextStep: "Add a rule, or choose \(fallback.rawValue) as the policy"))
        }
        if policy != .custom, !rules.isEmpty {
            findings.append(
                TargetFinding(
                    "placement_rules_unused", .warned,
                    what: "There are rules, and the policy is \(policy.rawValue); no rule is asked.",
                    nextStep: "Choose custom as the policy, or take the rules away"))
        }
        let left = Set(candidates.map(\.target)).subtracting(order)
        if policy == .static, !order.isEmpty, let names = names(Array(left)) {
            findings.append(
                TargetFinding(
                    "placement_order_partial", .warned,
                    what: "\(names) is not in the order and takes nothing.",
                    nextStep: "Name every target in the order, or leave the order out"))
        }
        return findings
    }

    static func repeated<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { !seen.insert($0).inserted }
    }

    /// `nil` for none.
    func names(_ targets: [TargetID]) -> String? {
        targets.isEmpty ? nil : Set(targets).sorted().map(\.rawValue).joined(separator: ", ")
    }
}
