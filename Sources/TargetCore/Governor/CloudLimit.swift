/// So many calls in so many seconds, as a cloud's documents say it. Data: an administrator may change the
/// numbers.
package struct CloudLimit: Codable, Equatable, Sendable {
    /// What the calls are counted by.
    package enum Scope: String, Codable, CaseIterable, Sendable {
        /// All calls of the account and region, or of the instance.
        case account
        /// The calls for one device.
        case device
    }

    /// Stable and searchable, in snake_case, such as `azure_dps_service_operations`; unique among the
    /// limits of a target.
    package var name: String
    /// The plane whose calls are counted; `nil` for all planes.
    package var plane: String?
    /// Names of the calls that are counted together, as in `CloudCall.name`; empty for all calls of the
    /// plane.
    package var calls: [String]
    /// Calls in a window; held to 1 to 10,000,000.
    package var count: Int
    /// Length of the window in seconds; held to 1 to 2,678,400 (31 days).
    package var seconds: Int
    package var scope: Scope
    /// Whether the cloud's support raises it when asked.
    package var adjustable: Bool
    /// Where the numbers come from, with the year.
    package var source: String
    /// What the documents say where the account is allowed something else; `source` speaks of these numbers then.
    package var published: Published?

    /// Numbers as a cloud's documents give them.
    package struct Published: Codable, Equatable, Sendable {
        package var count: Int
        package var seconds: Int
    }

    package init(
        _ name: String, plane: String? = nil, calls: [String] = [], count: Int, seconds: Int,
        scope: Scope = .account, adjustable: Bool = false, source: String
    ) {
        self.name = name
        self.plane = plane
        self.calls = calls
        self.count = count
        self.seconds = seconds
        self.scope = scope
        self.adjustable = adjustable
        self.source = source
    }

    /// One limit for each of the calls, where a cloud counts every kind of call on its own. Each is named
    /// after the prefix and the call: `aws_CreateThing`.
    package static func each(
        of calls: [String], prefix: String, plane: String? = nil, count: Int, seconds: Int,
        scope: Scope = .account, adjustable: Bool = false, source: String
    ) -> [CloudLimit] {
        calls.map {
            CloudLimit(
                "\(prefix)_\($0)", plane: plane, calls: [$0], count: count, seconds: seconds, scope: scope,
                adjustable: adjustable, source: source)
        }
    }

    package func covers(plane: String, call: String) -> Bool {
        (self.plane == nil || self.plane == plane) && (calls.isEmpty || calls.contains(call))
    }

    /// Calls in a window, within bounds.
    package var allowance: Int { min(max(count, 1), Self.mostCalls) }

    /// Length of the window in milliseconds, within bounds.
    package var window: Int64 { Int64(min(max(seconds, 1), Self.longestSeconds)) * 1000 }

    static let mostCalls = 10_000_000
    static let longestSeconds = 2_678_400
}
