import Model
import TargetCore
import Testing

/// What is said of a placement, word for word.
@Suite struct PlacementReasonTests {
    private typealias Rules = PlacementRules

    @Test func `by latency`() {
        var rules = Rules.sample(.lowestLatency)
        #expect(rules.answer(question()).reason == "eu-north: nearest to site tromso (12 ms)")
        rules.change("eu-north") { $0.weight = 0 }
        let answer = rules.answer(question())
        #expect(answer.reason == "eu-west: next nearest to site tromso (30 ms); eu-north has weight 0")
        #expect(
            answer.considered == [
                .init("eu-north", "has weight 0"),
                .init("eu-west", "next nearest to site tromso (30 ms)"),
                .init("us-east", "nothing is known of the way from region no-north"),
            ])
        #expect(
            rules.answer(question(down: ["eu-west"])).reason
                == "us-east: by the hash of meter-1 (nothing is known of the way from region no-north); "
                + "eu-north has weight 0; eu-west is down")
    }

    @Test func `by a list, a label and what is alike`() {
        var rules = Rules.sample(.lowestLatency)
        #expect(
            rules.answer(question(site: "cork")).reason
                == "eu-west: nearest to site cork (by the list of region ie)")
        #expect(
            rules.answer(question(tenant: "other")).reason == "us-east: nearest to site tromso (in region us)"
        )
        rules.latencies[1].milliseconds = 12
        #expect(
            rules.answer(question()).reason
                == "eu-north: nearest to site tromso (12 ms, like eu-west; the hash of meter-1 decides)")
        #expect(
            rules.answer(question(site: "faro")).reason
                == "eu-north: nearest to site faro (in region eu, like eu-west; the hash of meter-1 decides)")
    }

    @Test func `without a site or a region`() {
        let rules = Rules.sample(.lowestLatency)
        #expect(
            rules.answer(question(site: nil)).reason
                == "us-east: by the hash of meter-1 (weight 1 of 5; the device has no site)")
        #expect(
            rules.answer(question(site: "oslo")).reason
                == "us-east: by the hash of meter-1 (weight 1 of 5; site oslo has no region)")
    }

    @Test func `by the hash`() {
        let rules = Rules.sample(.hashed)
        #expect(rules.answer(question()).reason == "us-east: by the hash of meter-1 (weight 1 of 5)")
        #expect(
            rules.answer(question(down: ["us-east"])).reason
                == "eu-north: next by the hash of meter-1 (weight 3 of 5); us-east is down")
    }

    @Test func `in order`() {
        var rules = Rules.sample(.static)
        #expect(rules.answer(question()).reason == "eu-north: first in the order")
        rules.order = ["us-east", "eu-west"]
        rules.change("us-east") { $0.capacity = 10 }
        let answer = rules.answer(question(devices: ["us-east": 10]))
        #expect(answer.reason == "eu-west: next in the order; us-east is full (10 of 10)")
        #expect(answer.considered.last == .init("eu-north", "is not in the order"))
        rules.change("eu-west") { $0.standing = .draining }
        #expect(
            rules.answer(question(devices: ["us-east": 11])).reason
                == "no target takes it: us-east is full (11 of 10); eu-west is draining")
    }

    @Test func `by a rule`() {
        var rules = Rules.sample(.custom)
        rules.rules = [
            PlacementRule(
                "pilots", match: .init(tenants: [TenantID(trusted: "acme")], serials: [Wildcard("sn9*")]),
                targets: ["us-east"]),
            PlacementRule("europe", regions: ["eu"], ranking: .lowestLatency, otherwise: .next),
        ]
        #expect(
            rules.answer(question(serial: "SN9-0001")).reason
                == "us-east: rule pilots (tenant acme, serial like sn9*): first in the order")
        let europe = rules.answer(question(serial: "SN8-0001"))
        #expect(europe.reason == "eu-north: rule europe (every device): nearest to site tromso (12 ms)")
        #expect(europe.considered.last == .init("us-east", "is no target of rule europe"))
        #expect(
            rules.answer(question(down: ["eu-north", "eu-west"])).reason
                == "us-east: by the hash of meter-1 (weight 1 of 5); rule europe has no target that takes it")
        rules.rules.removeLast()
        #expect(
            rules.answer(question()).reason
                == "us-east: no rule matches: by the hash of meter-1 (weight 1 of 5)")
        let refused = rules.answer(question(serial: "SN9-0001", down: ["us-east"]))
        #expect(refused.target == nil)
        #expect(refused.change == .none)
        #expect(
            refused.reason
                == "rule pilots (tenant acme, serial like sn9*): no target takes it: us-east is down")
    }

    @Test func `of many that are passed by, the first are named`() {
        let candidates = (0..<9).map { PlacementCandidate(TargetID(trusted: "t\($0)"), weight: $0 / 8) }
        #expect(
            Rules(.static, candidates: candidates).answer(question()).reason
                == "t8: next in the order; t0 has weight 0; t1 has weight 0; t2 has weight 0; and 5 more")
        #expect(Rules(.hashed, candidates: []).answer(question()).reason == "no target takes it")
    }
}
