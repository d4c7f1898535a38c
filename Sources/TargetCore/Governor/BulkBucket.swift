/// Tokens for bulk work, one a call, which drip in evenly over the window.
///
/// They come a little more slowly than the window would allow, so that the window has room when a person
/// comes, and bursts die away. A token is as many units as the window has milliseconds, times the parts of
/// a window, so that nothing is rounded.
struct BulkBucket: Codable, Equatable, Sendable {
    private var units: Int64
    private var filledAt: Int64

    /// A full one.
    init(limit: CloudLimit, calls: Int, at now: Int64) {
        units = Self.capacity(calls) * Self.token(limit)
        filledAt = now
    }

    /// Lets drip in what has come since; `calls` is what the window may hold now, `rate` what bulk work may
    /// use of it.
    mutating func fill(_ limit: CloudLimit, calls: Int, rate: Int, at now: Int64) {
        let waited = min(max(now - filledAt, 0), limit.window)
        let full = Self.capacity(calls) * Self.token(limit)
        units = min(min(max(units, 0), full) + waited * Self.drip(rate), full)
        filledAt = now
    }

    mutating func take(_ limit: CloudLimit) {
        units = max(0, units - Self.token(limit))
    }

    /// When a token is there: `nil` for now.
    func opening(_ limit: CloudLimit, rate: Int) -> Int64? {
        guard units < Self.token(limit) else { return nil }
        let drip = Self.drip(rate)
        return filledAt + (Self.token(limit) - units + drip - 1) / drip
    }

    mutating func shift(by difference: Int64) {
        filledAt += difference
    }

    private static func token(_ limit: CloudLimit) -> Int64 { limit.window * GovernorTuning.partsOfWindow }

    /// Units in a millisecond.
    private static func drip(_ rate: Int) -> Int64 {
        Int64(max(rate, 1)) * (GovernorTuning.partsOfWindow - 1)
    }

    /// Tokens.
    private static func capacity(_ calls: Int) -> Int64 { Int64(max(1, calls / GovernorTuning.burstPart)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        units = try container.decode(Int64.self, forKey: .units)
        filledAt = StoredTime.held(try container.decode(Int64.self, forKey: .filledAt))
    }
}
