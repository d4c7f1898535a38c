import Model
import TargetCore
import Testing

/// The rules as one tenant's tablet keeps them: they answer as the registrar does, and tell of nobody else.
@Suite struct PlacementViewTests {
    private static let acme = TenantID(trusted: "acme")
    private static let other = TenantID(trusted: "other")

    /// Of every policy, with capacities, rules of two tenants and a target that is full.
    private static let samples: [PlacementRules] = PlacementRules.Policy.allCases.flatMap { policy in
        var plain = PlacementRules.sample(policy)
        plain.rules = [
            PlacementRule("theirs", match: .init(tenants: [other]), targets: ["us-east"]),
            PlacementRule(
                "shared", match: .init(tenants: [other, acme], serials: [Wildcard("SN9*")]),
                targets: ["eu-west"]),
            PlacementRule(
                "every", match: .init(sites: [SiteID(trusted: "cork")]), regions: ["eu"], otherwise: .next),
        ]
        var full = plain
        full.change("eu-north") { $0.capacity = 10 }
        return [plain, full]
    }

    @Test(arguments: samples)
    func `the answer is the registrar's`(_ rules: PlacementRules) throws {
        let devices: [TargetID: Int] = ["eu-north": 10, "us-east": 3]
        let kept = try CanonicalJSON.decode(
            PlacementView.self,
            from: CanonicalJSON.encode(
                PlacementView(
                    rules, of: Self.acme, devices: devices, outages: ["eu-west"],
                    countedAt: Timestamp(milliseconds: 0))))
        for serial in ["SN1", "SN9-1", "meter-7", "meter-8"] {
            for site in ["tromso", "cork", "faro", "nowhere", nil] {
                let asked = question(serial, serial: serial, site: site)
                var full = asked
                full.devices = devices
                #expect(
                    kept.answer(to: asked, digests: placementDigests)
                        == rules.answer(to: full, outages: ["eu-west"], digests: placementDigests),
                    "\(serial) at \(site ?? "no site")")
            }
        }
    }

    @Test(arguments: samples)
    func `other tenants are not in it`(_ rules: PlacementRules) throws {
        let view = PlacementView(rules, of: Self.acme, devices: [:], countedAt: Timestamp(milliseconds: 0))
        #expect(!(try CanonicalJSON.text(view)).contains("\"other\""))
        #expect(view.rules.rules.map(\.name) == ["shared", "every"])
        #expect(view.rules.sites.count == 3)
    }

    @Test func `without rules every device stays with the registrar's own authority`() {
        let view = PlacementView(
            PlacementRules(.hashed, candidates: []), of: Self.acme, devices: [:],
            countedAt: Timestamp(milliseconds: 0))
        #expect(view.answer(to: question(), digests: placementDigests) == .withoutRules)
    }
}
