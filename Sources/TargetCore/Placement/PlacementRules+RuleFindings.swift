internal import Model

extension PlacementRules {
    /// What is wrong with the rules of the `custom` policy.
    var ruleFindings: [TargetFinding] {
        nameFindings
            + rules.enumerated().flatMap { place, rule in targetFindings(rule) + reachFindings(place) }
    }

    private var nameFindings: [TargetFinding] {
        let twice = Self.repeated(rules.map(\.name)).prefix(1).map {
            TargetFinding(
                "placement_rule_name_twice", .warned,
                what: "More than one rule is named \($0); reasons would not say which has decided.",
                nextStep: "Give each rule a name of its own")
        }
        let unnamed = rules.filter { $0.name.allSatisfy(\.isWhitespace) }.prefix(1).map { _ in
            TargetFinding(
                "placement_rule_name_missing",
                what: "A rule has no name; reasons could not say what has decided.",
                nextStep: "Give the rule a name")
        }
        return twice + unnamed
    }

    private func targetFindings(_ rule: PlacementRule) -> [TargetFinding] {
        let listed = Set(candidates.map(\.target))
        let labels = Set(candidates.flatMap(\.regions))
        var findings: [TargetFinding] = []
        if let strangers = names(rule.targets.filter { !listed.contains($0) }) {
            findings.append(
                TargetFinding(
                    "placement_rule_target_unknown",
                    what: "Rule \(rule.name) names \(strangers), which is no candidate.",
                    nextStep: "Add it to the candidates, or take it from the rule"))
        }
        for region in rule.regions where !labels.contains(region) {
            findings.append(
                TargetFinding(
                    "placement_rule_region_unknown", .warned,
                    what: "Rule \(rule.name) names region \(region), which no candidate has as a label.",
                    nextStep: "Label the targets of that region, or take it from the rule"))
        }
        let targets = rule.candidates(of: candidates)
        guard targets.isEmpty || targets.allSatisfy({ $0.share == 0 }) else { return findings }
        findings.append(
            TargetFinding(
                "placement_rule_without_target", rule.otherwise == .refuse ? .refused : .warned,
                what: targets.isEmpty
                    ? "Rule \(rule.name) has no target." : "Every target of rule \(rule.name) has weight 0.",
                nextStep: "Name a candidate that takes devices, or take the rule away"))
        return findings
    }

    /// A rule that no device ever comes to.
    private func reachFindings(_ place: Int) -> [TargetFinding] {
        let rule = rules[place]
        if rule.match.serials.contains(where: { $0.text.isEmpty }) {
            return [
                TargetFinding(
                    "placement_pattern_empty",
                    what: "Rule \(rule.name) has a pattern without a character, which no serial matches.",
                    nextStep: "Write `*` for any serial, or take the pattern away")
            ]
        }
        let before = rules.prefix(place).first { $0.otherwise == .refuse && $0.match.covers(rule.match) }
        guard let before else { return [] }
        return [
            TargetFinding(
                "placement_rule_unreachable", .warned,
                what:
                    "Rule \(rule.name) is never asked: rule \(before.name) before it takes all its devices.",
                nextStep: "Put \(rule.name) before \(before.name), or take it away")
        ]
    }
}
