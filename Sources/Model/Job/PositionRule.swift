/// How the devices of a job get their positions. In JSON: `{"kind": "numbered", "pattern": "rack-{n}", "start": 1}`.
package enum PositionRule: Equatable, Sendable {
    /// Devices are at the site and nowhere in particular.
    case none
    /// Whatever the installer says.
    case free
    /// Those of the list: a device's own, else the first of a place that is open for it.
    case listed
    /// The pattern with `{n}` replaced by the lowest free number from `start` on.
    case numbered(pattern: String, start: Int)

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case none, free, listed, numbered
    }

    package var kind: Kind {
        switch self {
        case .none: .none
        case .free: .free
        case .listed: .listed
        case .numbered: .numbered
        }
    }

    /// What a pattern's number is written as.
    package static let placeholder = "{n}"

    /// A pattern with its number in place.
    package static func position(_ pattern: String, _ number: Int) -> String {
        guard let place = pattern.firstRange(of: placeholder) else { return pattern }
        return pattern[..<place.lowerBound] + String(number) + pattern[place.upperBound...]
    }
}

extension PositionRule: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, pattern, start
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .none: self = .none
        case .free: self = .free
        case .listed: self = .listed
        case .numbered:
            self = .numbered(
                pattern: try container.decode(String.self, forKey: .pattern),
                start: try container.decodeIfPresent(Int.self, forKey: .start) ?? 1)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        if case .numbered(let pattern, let start) = self {
            try container.encode(pattern, forKey: .pattern)
            try container.encode(start, forKey: .start)
        }
    }
}
