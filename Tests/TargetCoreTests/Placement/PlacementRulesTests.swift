import Model
import TargetCore
import Testing

@Suite struct PlacementRulesTests {
    private let known: Set<TargetID> = ["eu-north", "eu-west", "us-east"]

    private func codes(
        _ rules: PlacementRules, _ body: (inout PlacementRules) -> Void = { _ in }
    ) -> [String] {
        var rules = rules
        body(&rules)
        return rules.findings(known: known).map(\.code)
    }

    private var custom: PlacementRules {
        var rules = PlacementRules.sample(.custom)
        rules.rules = [
            PlacementRule("a", match: .init(tenants: [TenantID(trusted: "acme")]), targets: ["eu-north"]),
            PlacementRule("b", targets: ["eu-west"]),
        ]
        return rules
    }

    @Test func `good rules have no finding`() {
        for policy in [PlacementRules.Policy.hashed, .static, .lowestLatency] {
            #expect(codes(.sample(policy)) == [])
        }
        #expect(codes(custom) == [])
    }

    @Test func `each fault of candidates and tables has its finding`() {
        let sample = PlacementRules.sample(.lowestLatency)
        #expect(codes(sample) { $0 = PlacementRules(.hashed, candidates: []) } == ["placement_no_candidates"])
        #expect(
            codes(sample) { $0.candidates.append(PlacementCandidate("mars")) } == ["placement_target_unknown"]
        )
        #expect(
            codes(sample) { $0.candidates.append(PlacementCandidate("us-east")) }
                == ["placement_candidate_twice"])
        #expect(codes(sample) { $0.candidates[0].weight = -1 } == ["placement_weight_bounds"])
        #expect(codes(sample) { $0.candidates[0].weight = .max } == ["placement_weight_bounds"])
        #expect(
            codes(sample) { rules in for index in 0..<3 { rules.candidates[index].weight = 0 } }
                == ["placement_all_weights_zero"])
        #expect(
            codes(sample) { rules in for index in 0..<3 { rules.candidates[index].standing = .draining } }
                == ["placement_none_up"])
        #expect(codes(sample) { $0.candidates[0].capacity = 0 } == ["placement_capacity_bounds"])
        #expect(codes(sample) { $0.order = ["mars"] } == ["placement_target_not_candidate"])
        #expect(
            codes(sample) { $0.nearest["ie"] = ["eu-west", "mars"] } == ["placement_target_not_candidate"])
        #expect(codes(sample) { $0.latencies[0].milliseconds = -1 } == ["placement_latency_bounds"])
        #expect(codes(sample) { $0.latencies.append($0.latencies[0]) } == ["placement_latency_twice"])
        #expect(codes(sample) { $0.sites.append($0.sites[0]) } == ["placement_site_twice"])
        #expect(codes(sample) { $0.sites = [] } == ["placement_sites_missing"])
        #expect(codes(sample) { $0.sites[0].region = "mars" } == ["placement_region_without_way"])
    }

    @Test func `each fault of policies and rules has its finding`() {
        #expect(codes(custom) { $0.rules = [] } == ["placement_rules_missing"])
        #expect(codes(custom) { $0.policy = .hashed } == ["placement_rules_unused"])
        #expect(
            codes(custom) {
                $0 = .sample(.static)
                $0.order = ["eu-west"]
            } == ["placement_order_partial"])
        #expect(codes(custom) { $0.rules[1].name = "a" } == ["placement_rule_name_twice"])
        #expect(codes(custom) { $0.rules[1].name = " " } == ["placement_rule_name_missing"])
        #expect(codes(custom) { $0.rules[0].targets.append("mars") } == ["placement_rule_target_unknown"])
        #expect(codes(custom) { $0.rules[0].regions = ["mars"] } == ["placement_rule_region_unknown"])
        #expect(codes(custom) { $0.rules[0].targets = [] } == ["placement_rule_without_target"])
        #expect(
            codes(custom) { $0.change("eu-north") { $0.weight = 0 } } == ["placement_rule_without_target"])
        #expect(codes(custom) { $0.rules[0].match.serials = [Wildcard("")] } == ["placement_pattern_empty"])
    }

    @Test func `a rule behind one that matches all of its devices is never asked`() {
        func reached(_ first: PlacementRule.Match, _ second: PlacementRule.Match) -> Bool {
            let codes = codes(custom) { rules in
                rules.rules[0].match = first
                rules.rules[1].match = second
            }
            return !codes.contains("placement_rule_unreachable")
        }
        let acme = [TenantID(trusted: "acme")]
        let both = acme + [TenantID(trusted: "other")]
        #expect(!reached(.init(), .init()))
        #expect(!reached(.init(tenants: both), .init(tenants: acme)))
        #expect(reached(.init(tenants: acme), .init(tenants: both)))
        #expect(reached(.init(tenants: acme, sites: [SiteID(trusted: "tromso")]), .init(tenants: acme)))
        #expect(
            !reached(.init(serials: [Wildcard("SN*")]), .init(serials: [Wildcard("sn9*"), Wildcard("SN1")])))
        #expect(reached(.init(serials: [Wildcard("SN9*")]), .init(serials: [Wildcard("SN*")])))
        #expect(reached(.init(serials: [Wildcard("S?9*")]), .init(serials: [Wildcard("SN*")])))
        #expect(reached(.init(serials: [Wildcard("SN*")]), .init()))
        let passing = codes(custom) { rules in
            rules.rules[0].match = .init()
            rules.rules[0].otherwise = .next
        }
        #expect(passing == [])
    }

    @Test func `what a rule covers is what it matches`() {
        let patterns = ["*", "S*", "SN*", "SN9", "?N9", "*9", "S*9", "sn9*", "SN9-?"].map(Wildcard.init)
        let serials = ["", "S", "SN", "SN9", "XN9", "sn9", "SN9-1", "SNX9", "9"]
        for broad in patterns {
            for narrow in patterns where broadCovers(broad, narrow) {
                for serial in serials where narrow.matches(serial) {
                    #expect(
                        broad.matches(serial), "\(broad.text) must match \(serial) as \(narrow.text) does")
                }
            }
        }
    }

    /// As the findings see it.
    private func broadCovers(_ broad: Wildcard, _ narrow: Wildcard) -> Bool {
        codes(custom) { rules in
            rules.rules[0].match = .init(serials: [broad])
            rules.rules[1].match = .init(serials: [narrow])
        }.contains("placement_rule_unreachable")
    }

    @Test(arguments: [
        ("SN9*", "sn9-0001", true), ("SN9*", "SN9", true), ("SN9*", "SN8", false), ("*", "", true),
        ("?", "", false), ("?", "é", true), ("a*b*c", "aXXbYYc", true), ("a*b*c", "aXXcYYb", false),
        ("*-??", "SN-12", true), ("*-??", "SN-123", false), ("", "", true), ("", "a", false),
    ])
    func `patterns match`(pattern: String, text: String, matches: Bool) {
        #expect(Wildcard(pattern).matches(text) == matches)
    }

    @Test func `a pattern of many stars ends`() {
        let pattern = Wildcard(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }

    @Test func `rules come out of JSON as they went in, and short ones are enough`() throws {
        let bytes = try CanonicalJSON.encode(custom)
        #expect(try CanonicalJSON.decode(PlacementRules.self, from: bytes) == custom)
        let short = #"{"candidates":[{"target":"eu-north"}]}"#
        #expect(
            try CanonicalJSON.decode(PlacementRules.self, from: Array(short.utf8))
                == PlacementRules(.hashed, candidates: [PlacementCandidate("eu-north")]))
        let rule =
            #"{"policy":"custom","rules":[{"name":"a","match":{"serials":["SN9*"]},"targets":["eu-west"]}]}"#
        let decoded = try CanonicalJSON.decode(PlacementRules.self, from: Array(rule.utf8))
        #expect(
            decoded.rules == [
                PlacementRule("a", match: .init(serials: [Wildcard("SN9*")]), targets: ["eu-west"])
            ])
        let answer = custom.answer(question(current: "eu-west"))
        #expect(
            try CanonicalJSON.decode(PlacementAnswer.self, from: CanonicalJSON.encode(answer)) == answer)
    }

    @Test func `rules that make no sense place nothing and trap nowhere`() {
        var rules = PlacementRules.sample(.lowestLatency)
        rules.candidates = [
            PlacementCandidate("a", weight: .min, capacity: .min), PlacementCandidate("a", weight: .max),
            PlacementCandidate("b", weight: .max, capacity: .max), PlacementCandidate("b", weight: .max),
        ]
        rules.latencies.append(.init(region: "no-north", target: "b", milliseconds: .min))
        for policy in PlacementRules.Policy.allCases {
            rules.policy = policy
            #expect(rules.answer(question(devices: ["b": .min])).target == "b")
        }
        #expect(!rules.findings(known: []).isEmpty)
    }
}
