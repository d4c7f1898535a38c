import Credentials
import Model
import TargetCore

let placementDigests = CloudDigests(
    sha256: { Digest.sha256($0) }, hmacSHA256: { Digest.hmacSHA256(key: $0, $1) })

extension TargetID: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(trusted: text) }
}

/// A question about a device of tenant `acme`.
func question(
    _ name: String = "meter-1", serial: String? = nil, tenant: String = "acme", site: String? = "tromso",
    product: String? = nil, current: TargetID? = nil, down: Set<TargetID> = [],
    devices: [TargetID: Int] = [:]
) -> PlacementQuestion {
    PlacementQuestion(
        deviceName: name, serial: serial, tenant: TenantID(trusted: tenant),
        site: site.map(SiteID.init(trusted:)), product: product.map(ProductID.init(trusted:)),
        current: current, down: down, devices: devices)
}

extension PlacementRules {
    func answer(_ question: PlacementQuestion) -> PlacementAnswer {
        answer(to: question, digests: placementDigests)
    }

    /// Two targets in the north and one far away, with what is known of the ways to them.
    static func sample(_ policy: Policy, reprovision: Reprovision = .keep) -> PlacementRules {
        PlacementRules(
            policy, reprovision: reprovision,
            candidates: [
                PlacementCandidate("eu-north", weight: 3, regions: ["eu"]),
                PlacementCandidate("eu-west", regions: ["eu"]),
                PlacementCandidate("us-east", regions: ["us"]),
            ],
            sites: [
                SiteRegion(site: SiteID(trusted: "tromso"), region: "no-north"),
                SiteRegion(
                    tenant: TenantID(trusted: "other"), site: SiteID(trusted: "tromso"), region: "us"),
                SiteRegion(site: SiteID(trusted: "cork"), region: "ie"),
                SiteRegion(site: SiteID(trusted: "faro"), region: "eu"),
            ],
            latencies: [
                Latency(region: "no-north", target: "eu-north", milliseconds: 12),
                Latency(region: "no-north", target: "eu-west", milliseconds: 30),
            ],
            nearest: ["ie": ["eu-west", "eu-north"]])
    }

    mutating func change(_ target: TargetID, _ body: (inout PlacementCandidate) -> Void) {
        for index in candidates.indices where candidates[index].target == target { body(&candidates[index]) }
    }
}
