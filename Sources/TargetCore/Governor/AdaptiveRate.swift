/// The part of a limit that is used, learned from answers: a little more with each call that passes, half
/// after one that was throttled. Others use the same account, and the numbers of documents grow old.
///
/// Source: additive increase, multiplicative decrease; Chiu and Jain, 1989.
struct AdaptiveRate: Equatable, Sendable {
    /// In millionths of the limit.
    private(set) var share = GovernorTuning.full
    /// No call before this, in milliseconds of the clock.
    private(set) var heldUntil: Int64?
    private var throttledInRow = 0

    /// Whether what has been learned is nothing, or old.
    func isOutlived(at now: Int64) -> Bool {
        guard let heldUntil else { return share == GovernorTuning.full }
        return now - heldUntil >= (share == GovernorTuning.full ? 0 : GovernorTuning.memory)
    }

    func isHeld(at now: Int64) -> Bool { heldUntil.map { $0 > now } ?? false }

    /// Calls that a window may hold now, at least 1.
    func calls(of limit: CloudLimit) -> Int {
        max(1, limit.allowance * share / GovernorTuning.full)
    }

    /// Answers that come while the limit is held tell of calls that were made before, and teach nothing.
    mutating func passed(_ limit: CloudLimit, at now: Int64) {
        guard !isHeld(at: now) else { return }
        throttledInRow = 0
        let increase = min(GovernorTuning.increase, share / GovernorTuning.increasePart)
        share = min(GovernorTuning.full, share + max(1, increase / calls(of: limit)))
    }

    /// Several throttled calls within one pause halve the rate once; each of them may lengthen the pause.
    mutating func throttled(retryAfterSeconds: Int?, at now: Int64) {
        if !isHeld(at: now) {
            throttledInRow = min(throttledInRow + 1, 30)
            share = max(GovernorTuning.floor, share / GovernorTuning.decrease)
            heldUntil = now + pause
        }
        guard let retryAfterSeconds else { return }
        let asked = Int64(min(max(retryAfterSeconds, 1), Int(GovernorTuning.longestRetryAfter / 1000))) * 1000
        heldUntil = max(heldUntil ?? now, now + asked)
    }

    mutating func shift(by difference: Int64) {
        heldUntil = heldUntil.map { $0 + difference }
    }

    private var pause: Int64 {
        min(GovernorTuning.pause << Int64(max(0, throttledInRow - 1)), GovernorTuning.longestPause)
    }
}

extension AdaptiveRate: Codable {
    private enum CodingKeys: String, CodingKey {
        case share, heldUntil, throttledInRow
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let share = try container.decodeIfPresent(Int.self, forKey: .share) ?? GovernorTuning.full
        self.share = min(max(share, GovernorTuning.floor), GovernorTuning.full)
        heldUntil = try container.decodeIfPresent(Int64.self, forKey: .heldUntil).map(StoredTime.held)
        throttledInRow = min(
            max(try container.decodeIfPresent(Int.self, forKey: .throttledInRow) ?? 0, 0), 30)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if share != GovernorTuning.full { try container.encode(share, forKey: .share) }
        try container.encodeIfPresent(heldUntil, forKey: .heldUntil)
        if throttledInRow != 0 { try container.encode(throttledInRow, forKey: .throttledInRow) }
    }
}
