package import Model

/// How a registrar allots devices to targets: what an administrator sets, as data.
///
/// In JSON, what is absent is empty, `up`, 1, `keep` or `hashed`.
package struct PlacementRules: Codable, Equatable, Sendable {
    package enum Policy: String, Codable, CaseIterable, Sendable {
        /// By the device's name, in proportion to the weights. A target more or less moves its own share
        /// and no other.
        case hashed
        /// The nearest to the region of the device's site.
        case lowestLatency
        /// The first of the order that is open.
        case `static`
        /// The first rule that matches; the fallback when none does.
        case custom
    }

    /// What happens to a device that has a target when the rules now choose another.
    package enum Reprovision: String, Codable, CaseIterable, Sendable {
        /// It stays, unless its target is down or no candidate any more.
        case keep
        /// It moves, and what the target holds of it moves with it.
        case migrate
        /// It moves, and starts afresh.
        case reset
    }

    /// The region in which a site stands.
    package struct SiteRegion: Codable, Equatable, Sendable {
        /// Whose site; of any tenant when absent.
        package var tenant: TenantID?
        package var site: SiteID
        package var region: String

        package init(tenant: TenantID? = nil, site: SiteID, region: String) {
            self.tenant = tenant
            self.site = site
            self.region = region
        }
    }

    /// What the way from a region to a target takes.
    package struct Latency: Codable, Equatable, Sendable {
        package var region: String
        package var target: TargetID
        package var milliseconds: Int

        package init(region: String, target: TargetID, milliseconds: Int) {
            self.region = region
            self.target = target
            self.milliseconds = milliseconds
        }
    }

    package var policy: Policy
    package var reprovision: Reprovision
    package var candidates: [PlacementCandidate]
    package var sites: [SiteRegion]
    package var latencies: [Latency]
    /// By region, its targets from near to far, for those whose milliseconds nobody has measured.
    package var nearest: [String: [TargetID]]
    /// The order of `static`; that of the candidates when empty.
    package var order: [TargetID]
    /// Of `custom`; the first that matches decides.
    package var rules: [PlacementRule]
    /// Of `custom`, when no rule matches.
    package var fallback: PlacementRanking

    package init(
        _ policy: Policy, reprovision: Reprovision = .keep, candidates: [PlacementCandidate],
        sites: [SiteRegion] = [], latencies: [Latency] = [], nearest: [String: [TargetID]] = [:],
        order: [TargetID] = [], rules: [PlacementRule] = [], fallback: PlacementRanking = .hashed
    ) {
        self.policy = policy
        self.reprovision = reprovision
        self.candidates = candidates
        self.sites = sites
        self.latencies = latencies
        self.nearest = nearest
        self.order = order
        self.rules = rules
        self.fallback = fallback
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func list<Element: Decodable>(_ key: CodingKeys) throws -> [Element] {
            try container.decodeIfPresent([Element].self, forKey: key) ?? []
        }
        policy = try container.decodeIfPresent(Policy.self, forKey: .policy) ?? .hashed
        reprovision = try container.decodeIfPresent(Reprovision.self, forKey: .reprovision) ?? .keep
        candidates = try list(.candidates)
        sites = try list(.sites)
        latencies = try list(.latencies)
        nearest = try container.decodeIfPresent([String: [TargetID]].self, forKey: .nearest) ?? [:]
        order = try list(.order)
        rules = try list(.rules)
        fallback = try container.decodeIfPresent(PlacementRanking.self, forKey: .fallback) ?? .hashed
    }

    /// The region of a site; what is said of the tenant's own site goes before what is said of any tenant's.
    func region(of site: SiteID, tenant: TenantID) -> String? {
        let named = sites.filter { $0.site == site }
        return (named.first { $0.tenant == tenant } ?? named.first { $0.tenant == nil })?.region
    }
}

/// An order of preference among candidates.
package enum PlacementRanking: String, Codable, CaseIterable, Sendable {
    case hashed, lowestLatency
    case `static`
}
