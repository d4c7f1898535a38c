internal import Model

extension PlacementRanking {
    /// The candidates in order of preference. `candidates` stand in the order of `static`.
    func preferences(
        _ candidates: [PlacementCandidate], rules: PlacementRules, question: PlacementQuestion,
        digests: CloudDigests
    ) -> [PlacementPreference] {
        switch self {
        case .static: Self.inOrder(candidates)
        case .hashed: Self.hashed(candidates, question: question, digests: digests)
        case .lowestLatency:
            Self.nearest(candidates, rules: rules, question: question, digests: digests)
        }
    }

    private static func inOrder(_ candidates: [PlacementCandidate]) -> [PlacementPreference] {
        candidates.map { candidate in
            PlacementPreference(
                candidate: candidate, why: { $0 ? "next in the order" : "first in the order" },
                whyNot: "comes later in the order")
        }
    }

    private static func hashed(
        _ candidates: [PlacementCandidate], question: PlacementQuestion, digests: CloudDigests,
        because: String = ""
    ) -> [PlacementPreference] {
        let all = candidates.reduce(0) { $0 + $1.share }
        return sorted(candidates, question: question, digests: digests).map { candidate in
            let weight = "(weight \(candidate.share) of \(all)\(because))"
            return PlacementPreference(
                candidate: candidate,
                why: { "\($0 ? "next by " : "by ")the hash of \(question.deviceName) \(weight)" },
                whyNot: "comes later by the hash")
        }
    }

    private static func sorted(
        _ candidates: [PlacementCandidate], question: PlacementQuestion, digests: CloudDigests
    ) -> [PlacementCandidate] {
        candidates.map {
            ($0, PlacementHash.distance(of: question.deviceName, to: $0, digests: digests))
        }
        .sorted { $0.1 < $1.1 }.map(\.0)
    }

    private static func nearest(
        _ candidates: [PlacementCandidate], rules: PlacementRules, question: PlacementQuestion,
        digests: CloudDigests
    ) -> [PlacementPreference] {
        guard let site = question.site else {
            return hashed(
                candidates, question: question, digests: digests, because: "; the device has no site")
        }
        guard let region = rules.region(of: site, tenant: question.tenant) else {
            return hashed(
                candidates, question: question, digests: digests, because: "; site \(site) has no region")
        }
        let ways = sorted(candidates, question: question, digests: digests).enumerated()
            .map { (way: PlacementWay(to: $1, from: region, rules: rules), hash: $0, candidate: $1) }
            .sorted { $0.way == $1.way ? $0.hash < $1.hash : $0.way < $1.way }
        return ways.map { entry in
            let like = ways.filter { $0.way == entry.way && $0.candidate.against(question) == nil }
                .map(\.candidate.target).filter { $0 != entry.candidate.target }
            return PlacementPreference(
                candidate: entry.candidate,
                why: {
                    entry.way.why(site, region, afterOthers: $0, like: like, device: question.deviceName)
                },
                whyNot: entry.way.whyNot(region))
        }
    }
}
