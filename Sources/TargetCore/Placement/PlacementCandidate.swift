package import Model

/// A target that devices may be placed at, and how far it is open.
package struct PlacementCandidate: Codable, Equatable, Sendable {
    package enum Standing: String, Codable, CaseIterable, Sendable {
        case up
        /// Keeps the devices it has and takes no new ones.
        case draining
        /// Out of service: its devices go to the next by the policy.
        case down
    }

    package var target: TargetID
    /// Its share of the devices, beside the others' weights: 0 to 1,000,000. 0 takes no new devices under
    /// any policy.
    package var weight: Int
    /// Labels that rules and the regions of sites may name, such as `eu` and `no-north`.
    package var regions: [String]
    package var standing: Standing
    /// The most devices it may have; no bound when absent.
    package var capacity: Int?

    package init(
        _ target: TargetID, weight: Int = 1, regions: [String] = [], standing: Standing = .up,
        capacity: Int? = nil
    ) {
        self.target = target
        self.weight = weight
        self.regions = regions
        self.standing = standing
        self.capacity = capacity
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        target = try container.decode(TargetID.self, forKey: .target)
        weight = try container.decodeIfPresent(Int.self, forKey: .weight) ?? 1
        regions = try container.decodeIfPresent([String].self, forKey: .regions) ?? []
        standing = try container.decodeIfPresent(Standing.self, forKey: .standing) ?? .up
        capacity = try container.decodeIfPresent(Int.self, forKey: .capacity)
    }

    /// Within bounds.
    var share: Int { min(max(weight, 0), Self.mostWeight) }

    static let mostWeight = 1_000_000
}
