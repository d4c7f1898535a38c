package import Model

/// One rule of the `custom` policy: which devices, and where they may go.
package struct PlacementRule: Codable, Equatable, Sendable {
    /// What happens when a device matches and none of the rule's targets can take it.
    package enum Otherwise: String, Codable, CaseIterable, Sendable {
        /// It is placed nowhere: a rule may stand for the law of a country.
        case refuse
        /// The rules below are asked.
        case next
    }

    /// Which devices a rule is for. Each list that is not empty must name the device.
    package struct Match: Codable, Equatable, Sendable {
        package var tenants: [TenantID]
        package var sites: [SiteID]
        package var products: [ProductID]
        /// `*` stands for any characters, `?` for one; a prefix is written `SN9*`. Capitals and small
        /// letters are alike.
        package var serials: [Wildcard]

        package init(
            tenants: [TenantID] = [], sites: [SiteID] = [], products: [ProductID] = [],
            serials: [Wildcard] = []
        ) {
            self.tenants = tenants
            self.sites = sites
            self.products = products
            self.serials = serials
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            tenants = try container.decodeIfPresent([TenantID].self, forKey: .tenants) ?? []
            sites = try container.decodeIfPresent([SiteID].self, forKey: .sites) ?? []
            products = try container.decodeIfPresent([ProductID].self, forKey: .products) ?? []
            serials = try container.decodeIfPresent([Wildcard].self, forKey: .serials) ?? []
        }
    }

    package var name: String
    package var match: Match
    package var targets: [TargetID]
    /// Candidates with any of these labels are targets of the rule too, after those that it names.
    package var regions: [String]
    /// How to choose among its targets; `static` is the order in which they stand here.
    package var ranking: PlacementRanking
    package var otherwise: Otherwise

    package init(
        _ name: String, match: Match = Match(), targets: [TargetID] = [], regions: [String] = [],
        ranking: PlacementRanking = .static, otherwise: Otherwise = .refuse
    ) {
        self.name = name
        self.match = match
        self.targets = targets
        self.regions = regions
        self.ranking = ranking
        self.otherwise = otherwise
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        match = try container.decodeIfPresent(Match.self, forKey: .match) ?? Match()
        targets = try container.decodeIfPresent([TargetID].self, forKey: .targets) ?? []
        regions = try container.decodeIfPresent([String].self, forKey: .regions) ?? []
        ranking = try container.decodeIfPresent(PlacementRanking.self, forKey: .ranking) ?? .static
        otherwise = try container.decodeIfPresent(Otherwise.self, forKey: .otherwise) ?? .refuse
    }

    /// The candidates that are targets of the rule, each once, in its order.
    func candidates(of all: [PlacementCandidate]) -> [PlacementCandidate] {
        let named = targets.compactMap { target in all.first { $0.target == target } }
        let labelled = all.filter { !Set($0.regions).isDisjoint(with: regions) }
        var seen: Set<TargetID> = []
        return (named + labelled).filter { seen.insert($0.target).inserted }
    }
}

extension PlacementRule.Match {
    /// What of the device the rule names, for the reason: `tenant acme, serial like SN9*`. `nil` when it
    /// does not match.
    func words(for question: PlacementQuestion) -> String? {
        var words: [String] = []
        if !tenants.isEmpty {
            guard tenants.contains(question.tenant) else { return nil }
            words.append("tenant \(question.tenant)")
        }
        if !sites.isEmpty {
            guard let site = question.site, sites.contains(site) else { return nil }
            words.append("site \(site)")
        }
        if !products.isEmpty {
            guard let product = question.product, products.contains(product) else { return nil }
            words.append("product \(product)")
        }
        if !serials.isEmpty {
            guard let serial = question.serial, let pattern = serials.first(where: { $0.matches(serial) })
            else { return nil }
            words.append("serial like \(pattern.text)")
        }
        return words.isEmpty ? "every device" : words.joined(separator: ", ")
    }

    /// Whether every device that the other matches is matched by this. `false` where that cannot be told.
    func covers(_ other: PlacementRule.Match) -> Bool {
        func covers<Name: Hashable>(_ these: [Name], _ those: [Name]) -> Bool {
            these.isEmpty || !those.isEmpty && Set(those).isSubset(of: these)
        }
        return covers(tenants, other.tenants) && covers(sites, other.sites)
            && covers(products, other.products)
            && (serials.isEmpty
                || !other.serials.isEmpty
                    && other.serials.allSatisfy { serial in serials.contains { $0.covers(serial) } })
    }
}
