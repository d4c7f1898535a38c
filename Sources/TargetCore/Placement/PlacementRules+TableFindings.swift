internal import Model

extension PlacementRules {
    /// What is wrong with the tables of sites, ways and orders.
    var tableFindings: [TargetFinding] {
        strangerFindings + latencyFindings + siteFindings + wayFindings
    }

    /// Targets of tables that are no candidates.
    private var strangerFindings: [TargetFinding] {
        let listed = Set(candidates.map(\.target))
        let tables: [(name: String, targets: [TargetID])] = [
            ("The order", order), ("The table of latencies", latencies.map(\.target)),
            ("The list of nearest targets", nearest.values.flatMap { $0 }),
        ]
        return tables.compactMap { table in
            names(table.targets.filter { !listed.contains($0) }).map {
                TargetFinding(
                    "placement_target_not_candidate", .warned,
                    what: "\(table.name) names \($0), which is no candidate.",
                    nextStep: "Add it to the candidates, or take it away here")
            }
        }
    }

    private var latencyFindings: [TargetFinding] {
        var findings: [TargetFinding] = []
        if let names = names(latencies.filter { $0.milliseconds < 0 }.map(\.target)) {
            findings.append(
                TargetFinding(
                    "placement_latency_bounds", what: "The latency to \(names) must be 0 ms or more.",
                    nextStep: "Measure it, or leave it out"))
        }
        let twice = Self.repeated(latencies.map { "\($0.region) to \($0.target)" })
        if let first = twice.first {
            findings.append(
                TargetFinding(
                    "placement_latency_twice", .warned,
                    what: "The latency from \(first) is given more than once; the least counts.",
                    nextStep: "Leave one entry for each region and target"))
        }
        return findings
    }

    private var siteFindings: [TargetFinding] {
        let twice = Self.repeated(sites.map { ($0.tenant.map { "\($0)/" } ?? "") + $0.site.rawValue })
        return twice.prefix(1).map {
            TargetFinding(
                "placement_site_twice", what: "The region of site \($0) is given more than once.",
                nextStep: "Leave one entry for each site")
        }
    }

    private var usesLatency: Bool {
        switch policy {
        case .lowestLatency: true
        case .hashed, .static: false
        case .custom: fallback == .lowestLatency || rules.contains { $0.ranking == .lowestLatency }
        }
    }

    /// Regions and sites from which nothing is near.
    private var wayFindings: [TargetFinding] {
        guard usesLatency, !candidates.isEmpty else { return [] }
        guard !sites.isEmpty else {
            return [
                TargetFinding(
                    "placement_sites_missing", .warned,
                    what: "No site has a region; devices are spread by their names, not by what is near.",
                    nextStep: "Give each site its region")
            ]
        }
        let unknown = Set(sites.map(\.region)).filter { region in
            candidates.allSatisfy { PlacementWay(to: $0, from: region, rules: self) == .unknown }
        }
        return unknown.sorted().map {
            TargetFinding(
                "placement_region_without_way", .warned,
                what:
                    "Nothing is known of the way from region \($0) to any target; its devices are spread by "
                    + "their names.",
                nextStep: "Give latencies from \($0), or a list of its nearest targets")
        }
    }
}
