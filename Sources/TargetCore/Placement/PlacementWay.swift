internal import Model

/// What is known of the way from a region to a target, from near to far.
enum PlacementWay: Comparable {
    case measured(milliseconds: Int)
    /// The place in the table of that region.
    case listed(Int)
    /// The target has the region as its label.
    case labelled
    case unknown

    init(to candidate: PlacementCandidate, from region: String, rules: PlacementRules) {
        let target = candidate.target
        let measured = rules.latencies.filter { $0.region == region && $0.target == target }
        if let milliseconds = measured.map(\.milliseconds).min() {
            self = .measured(milliseconds: milliseconds)
        } else if let place = rules.nearest[region]?.firstIndex(of: target) {
            self = .listed(place)
        } else if candidate.regions.contains(region) {
            self = .labelled
        } else {
            self = .unknown
        }
    }

    func why(
        _ site: SiteID, _ region: String, afterOthers: Bool, like: [TargetID], device: String
    ) -> String {
        let nearest = afterOthers ? "next nearest to site \(site)" : "nearest to site \(site)"
        let names = like.sorted().map(\.rawValue).joined(separator: " and ")
        let hash = like.isEmpty ? "" : ", like \(names); the hash of \(device) decides"
        return switch self {
        case .measured(let milliseconds): "\(nearest) (\(milliseconds) ms\(hash))"
        case .listed: "\(nearest) (by the list of region \(region))"
        case .labelled: "\(nearest) (in region \(region)\(hash))"
        case .unknown: "by the hash of \(device) (nothing is known of the way from region \(region))"
        }
    }

    func whyNot(_ region: String) -> String {
        switch self {
        case .measured(let milliseconds): "\(milliseconds) ms from region \(region)"
        case .listed(let place): "number \(place + 1) in the list of region \(region)"
        case .labelled: "in region \(region)"
        case .unknown: "nothing is known of the way from region \(region)"
        }
    }
}
