/// Tells a scanner from a person by the pace of what arrives over the keyboard.
///
/// Fed with one character or key at a time and the time in milliseconds of a clock that never goes back; a
/// terminal that delivers many characters at once gives them the same time. Every character comes out again
/// exactly once, as typed, scanned or dropped, in the order in which it went in.
package struct BurstDetector: Equatable, Sendable {
    /// What became of characters.
    package enum Output: Equatable, Sendable {
        /// May be a person's: a draft that a text field can show at once.
        case typing(Unicode.Scalar)
        /// A person's. Whatever was a draft is settled by this, or was retracted before.
        case typed([Unicode.Scalar])
        /// So many drafts, the last ones, are probably a scanner's and are not to be shown any longer.
        case retracted(Int)
        /// A scanner's, the terminator included in the characters.
        case scanned([Unicode.Scalar], WedgeTerminator?)
        /// A scanner's further terminators behind one that ended a scan already: nobody acts on them.
        case dropped([Unicode.Scalar])
    }

    /// What becomes of a key that is no character, such as an arrow or a function key.
    package enum KeyDecision: Equatable, Sendable {
        /// It acts, after these outputs.
        case act(after: [Output])
        /// It came amid a scanner's characters and does nothing.
        case ignore([Output])
    }

    private enum Phase: Equatable {
        case idle
        /// Nothing speaks for a scanner yet.
        case undecided(BurstRun)
        /// So far at the pace of a scanner; the drafts are retracted.
        case burst(BurstRun)
        /// Ended by CR; an LF may still belong to it.
        case awaitingLineFeed(BurstRun)
    }

    private var phase = Phase.idle
    private var now: Int64 = .min
    private let timing: WedgeTiming
    private let terminators: [WedgeTerminator]
    /// When the last scan ended; keys that confirm something are kept still for a while after it.
    package private(set) var lastScanAt: Int64?

    package init(settings: WedgeSettings = .standard, timing: WedgeTiming = .standard) {
        self.timing = timing
        terminators = settings.terminators
    }

    /// When `tick` is to be called if nothing arrives before; `nil` when there is nothing to wait for.
    package var deadline: Int64? {
        switch phase {
        case .idle: nil
        case .undecided(let run): run.last + timing.longestGap + 1
        case .burst(let run): run.last + timing.silence
        case .awaitingLineFeed(let run): run.last + timing.lineFeedWait
        }
    }

    /// Takes in that time has passed.
    package mutating func tick(at time: Int64) -> [Output] {
        now = max(now, time)
        guard let deadline, now >= deadline else { return [] }
        switch phase {
        case .idle: return []
        case .undecided(let run), .burst(let run): return complete(run, nil)
        case .awaitingLineFeed(let run): return complete(run, .cr)
        }
    }

    /// Takes in a character, control characters included.
    package mutating func text(_ scalar: Unicode.Scalar, at time: Int64) -> [Output] {
        let passed = tick(at: time)
        switch phase {
        case .idle: return passed + begin(scalar)
        case .undecided(let run): return passed + extend(run, scalar)
        case .burst(let run): return passed + proceed(run, scalar)
        case .awaitingLineFeed(var run):
            guard scalar == "\n" else { return passed + complete(run, .cr) + begin(scalar) }
            run.end(with: scalar, at: now)
            return passed + complete(run, .crlf)
        }
    }

    /// Takes in a key that is no character. Amid the characters of a scanner no key acts.
    package mutating func key(at time: Int64) -> KeyDecision {
        let passed = tick(at: time)
        switch phase {
        case .idle: return isSoonAfterScan(timing.silence) ? .ignore(passed) : .act(after: passed)
        case .undecided(let run):
            let isAmidFastOnes =
                run.count > 1 && now - run.last <= timing.meanGap && run.isFast(timing, with: now)
            return isAmidFastOnes ? .ignore(passed) : .act(after: passed + settle(run))
        case .burst, .awaitingLineFeed: return .ignore(passed)
        }
    }

    // MARK: What a character does in each phase

    private mutating func begin(_ scalar: Unicode.Scalar) -> [Output] {
        if isSoonAfterScan(timing.silence), Self.isTerminator(scalar) { return [.dropped([scalar])] }
        if isSoonAfterScan(timing.longestGap) {
            phase = .burst(BurstRun(scalar, at: now, followsScan: true))
            return []
        }
        if Self.isTerminator(scalar) || Self.isEditing(scalar) { return [.typed([scalar])] }
        phase = .undecided(BurstRun(scalar, at: now, followsScan: false))
        return [.typing(scalar)]
    }

    private mutating func extend(_ before: BurstRun, _ scalar: Unicode.Scalar) -> [Output] {
        var run = before
        if let terminator = terminator(scalar) {
            run.end(with: scalar, at: now)
            guard run.isScanner(timing, terminators: 1) else { return settle(run) }
            return [.retracted(before.count)] + end(run, terminator)
        }
        run.append(scalar, at: now, timing)
        if Self.isTerminator(scalar) || scalar == "\u{08}" || scalar == "\u{7F}" { return settle(run) }
        if run.isScanner(timing) {
            phase = .burst(run)
            return [.retracted(before.count)]
        }
        if run.count >= timing.limit { return [.typing(scalar)] + settle(run) }
        phase = .undecided(run)
        return [.typing(scalar)]
    }

    private mutating func proceed(_ before: BurstRun, _ scalar: Unicode.Scalar) -> [Output] {
        var run = before
        if let terminator = terminator(scalar) {
            run.end(with: scalar, at: now)
            return end(run, terminator)
        }
        run.append(scalar, at: now, timing)
        if run.count >= timing.limit { return complete(run, nil) }
        phase = .burst(run)
        return []
    }

    /// A scan is complete, unless a CR may be the first half of CR LF.
    private mutating func end(_ run: BurstRun, _ terminator: WedgeTerminator) -> [Output] {
        guard terminator == .cr, terminators.contains(.crlf) else { return complete(run, terminator) }
        phase = .awaitingLineFeed(run)
        return []
    }

    private mutating func complete(_ run: BurstRun, _ terminator: WedgeTerminator?) -> [Output] {
        let isTheScanners =
            run.followsScan && terminator != nil
            || run.isScanner(timing, terminators: terminator?.scalars.count ?? 0)
        guard isTheScanners else { return settle(run) }
        phase = .idle
        lastScanAt = run.last
        return [.scanned(run.scalars, terminator)]
    }

    private mutating func settle(_ run: BurstRun) -> [Output] {
        phase = .idle
        return [.typed(run.scalars)]
    }

    // MARK: Characters

    private func isSoonAfterScan(_ span: Int64) -> Bool {
        lastScanAt.map { now - $0 <= span } ?? false
    }

    /// The terminator that a character is or begins, if the scanner may send that one.
    private func terminator(_ scalar: Unicode.Scalar) -> WedgeTerminator? {
        switch scalar {
        case "\r": terminators.contains(.cr) || terminators.contains(.crlf) ? .cr : nil
        case "\n": terminators.contains(.lf) ? .lf : nil
        case "\t": terminators.contains(.tab) ? .tab : nil
        default: nil
        }
    }

    private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\r" || scalar == "\n" || scalar == "\t"
    }

    /// What a person presses for its own sake, so that it acts at once when nothing is pending.
    private static func isEditing(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{1B}" || scalar == "\u{08}" || scalar == "\u{7F}"
    }
}
