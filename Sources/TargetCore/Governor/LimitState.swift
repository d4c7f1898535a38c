/// What is kept of one limit: the calls of the last window, the rate learned, and who waits.
///
/// People come first: while there are any, bulk work leaves a part of the window. Bulk work that has waited
/// for a window is due: it may use the whole window then, and people leave the last place of it. So it
/// waits for two windows and a thirtieth at the most, besides what the target asks to wait and the rates
/// that throttling leads to.
struct LimitState: Codable, Equatable, Sendable {
    private var window = SlidingWindow()
    private var rate = AdaptiveRate()
    private var bucket: BulkBucket
    private var interactiveAt: Int64?
    private var bulkAskedAt: Int64?
    private var bulkWaitsSince: Int64?

    init(_ limit: CloudLimit, at now: Int64) {
        bucket = BulkBucket(limit: limit, calls: limit.allowance, at: now)
    }

    /// In millionths.
    var share: Int { rate.share }

    /// Whether it has nothing to tell that a new one would not, but what is too old to matter.
    func isIdle(_ limit: CloudLimit, at now: Int64) -> Bool {
        var window = window
        window.leave(before: now, window: limit.window)
        return window.isEmpty && rate.isOutlived(at: now) && !isPersonThere(limit, now)
            && bulkAskedAt.map { now - $0 > 2 * limit.window } ?? true
    }

    /// Notes who asks, and gives the time from which a call is admitted: `nil` for now.
    mutating func ask(_ class: GovernedClass, _ limit: CloudLimit, at now: Int64) -> Int64? {
        window.leave(before: now, window: limit.window)
        switch `class` {
        case .interactive: interactiveAt = now
        case .bulk: bulkAskedAt = now
        }
        bucket.fill(limit, calls: rate.calls(of: limit), rate: callsForBulk(limit, now), at: now)
        let openings = [held(now), opening(`class`, limit, now)].compactMap { $0 }.filter { $0 > now }
        return openings.max()
    }

    /// Counts a call that every limit has admitted.
    mutating func count(_ class: GovernedClass, _ limit: CloudLimit, at now: Int64) {
        window.add(at: now, window: limit.window)
        guard `class` == .bulk else { return }
        bucket.take(limit)
        bulkWaitsSince = nil
    }

    /// Notes that this limit was in the way of bulk work.
    mutating func bulkWaits(at now: Int64) {
        bulkWaitsSince = bulkWaitsSince ?? now
    }

    mutating func answered(
        _ answer: LimitAnswer, to sent: Int64?, _ limit: CloudLimit, at now: Int64
    ) {
        if let sent { window.arrived(sent, by: now) }
        switch answer {
        case .passed: rate.passed(limit, at: now)
        case .throttled(let seconds, _): rate.throttled(retryAfterSeconds: seconds, at: now)
        }
    }

    mutating func shift(by difference: Int64) {
        window.shift(by: difference)
        rate.shift(by: difference)
        bucket.shift(by: difference)
        interactiveAt = interactiveAt.map { $0 + difference }
        bulkAskedAt = bulkAskedAt.map { $0 + difference }
        bulkWaitsSince = bulkWaitsSince.map { $0 + difference }
    }
}

extension LimitState {
    private func held(_ now: Int64) -> Int64? { rate.isHeld(at: now) ? rate.heldUntil : nil }

    private func opening(_ class: GovernedClass, _ limit: CloudLimit, _ now: Int64) -> Int64? {
        switch `class` {
        case .interactive:
            let most = rate.calls(of: limit) - (isBulkDue(limit, now) ? 1 : 0)
            guard most > 0 else { return now + max(1, limit.window / GovernorTuning.partsOfWindow) }
            return window.opening(under: most, window: limit.window)
        case .bulk:
            let most = callsForBulk(limit, now)
            let opening = [
                window.opening(under: most, window: limit.window), bucket.opening(limit, rate: most),
            ].compactMap { $0 }.max()
            return opening.map { min($0, dueAt(limit, now)) }
        }
    }

    /// When bulk work that waits becomes due; never, once it is.
    private func dueAt(_ limit: CloudLimit, _ now: Int64) -> Int64 {
        let due = (bulkWaitsSince ?? now) + GovernorTuning.windowsUntilBulkIsDue * limit.window
        return due > now ? due : .max
    }

    private func callsForBulk(_ limit: CloudLimit, _ now: Int64) -> Int {
        let calls = rate.calls(of: limit)
        guard isPersonThere(limit, now), !isBulkDue(limit, now) else { return calls }
        return calls - min((calls + GovernorTuning.keptPart - 1) / GovernorTuning.keptPart, calls - 1)
    }

    private func isPersonThere(_ limit: CloudLimit, _ now: Int64) -> Bool {
        interactiveAt.map { now - $0 <= max(GovernorTuning.lately, 2 * limit.window) } ?? false
    }

    /// Bulk work that has not asked for two windows has given up.
    private func isBulkDue(_ limit: CloudLimit, _ now: Int64) -> Bool {
        guard let bulkWaitsSince, let bulkAskedAt else { return false }
        return now - bulkWaitsSince >= GovernorTuning.windowsUntilBulkIsDue * limit.window
            && now - bulkAskedAt <= 2 * limit.window
    }
}
