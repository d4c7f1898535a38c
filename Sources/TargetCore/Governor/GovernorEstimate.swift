/// How long calls take at least under limits, before any is made.
package struct GovernorEstimate: Equatable, Sendable {
    /// So many calls of a kind. A `device` counts for limits by device.
    package struct Amount: Equatable, Sendable {
        package var call: GovernedCall
        package var count: Int

        package init(_ call: GovernedCall, count: Int) {
            self.call = call
            self.count = count
        }
    }

    /// In milliseconds; 0 when there is nothing to do.
    package var milliseconds: Int64
    /// The limit that decides it.
    package var limit: CloudLimit?
    /// Calls that the deciding limit counts.
    package var calls: Int

    /// `share` gives the part of each limit that is used, in millionths; all of it when not given.
    package init(
        of amounts: [Amount], under limits: [CloudLimit],
        share: (CloudLimit) -> Int = { _ in GovernorTuning.full }
    ) {
        milliseconds = 0
        calls = 0
        for limit in limits + Self.unlisted(amounts, under: limits) {
            let calls = Self.calls(amounts, under: limit)
            let used = min(max(share(limit), GovernorTuning.floor), GovernorTuning.full)
            let allowed = Int64(max(1, limit.allowance * used / GovernorTuning.full))
            let windows = Int64(calls) / allowed * limit.window
            let needed = windows + (Int64(calls) % allowed * limit.window + allowed - 1) / allowed
            guard needed > milliseconds else { continue }
            (milliseconds, self.limit, self.calls) = (needed, limit, calls)
        }
    }

    private static func unlisted(_ amounts: [Amount], under limits: [CloudLimit]) -> [CloudLimit] {
        let uncovered = amounts.map(\.call).filter { call in
            !limits.contains {
                $0.covers(plane: call.plane, call: call.name) && ($0.scope == .account || call.device != nil)
            }
        }
        var seen: Set<String> = []
        return uncovered.map { CloudLimit.unlisted(plane: $0.plane, call: $0.name) }
            .filter { seen.insert($0.name).inserted }
    }

    /// Calls that the limit counts together; of devices, those of the busiest.
    private static func calls(_ amounts: [Amount], under limit: CloudLimit) -> Int {
        let covered = amounts.filter { limit.covers(plane: $0.call.plane, call: $0.call.name) }
        func sum(_ amounts: [Amount]) -> Int {
            amounts.reduce(0) { min($0 + min(max($1.count, 0), most), most) }
        }
        switch limit.scope {
        case .account: return sum(covered)
        case .device:
            let byDevice = Dictionary(grouping: covered.filter { $0.call.device != nil }) { $0.call.device }
            return byDevice.values.map(sum).max() ?? 0
        }
    }

    private static let most = 1_000_000_000

    /// One sentence for whoever is about to start: `10000 calls take at least 10 minutes: …`.
    package var sentence: String {
        guard let limit else { return "Nothing is to be called." }
        let window =
            limit.seconds == 1 ? "a second" : limit.seconds == 60 ? "a minute" : "in \(limit.seconds) s"
        return "\(calls) calls take at least \(time): \(limit.name) allows \(limit.allowance) \(window)."
    }

    private var time: String {
        let seconds = (milliseconds + 999) / 1000
        func of(_ count: Int64, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
        switch seconds {
        case ..<120: return of(seconds, "second")
        case ..<7200: return of((seconds + 59) / 60, "minute")
        default: return of((seconds + 3599) / 3600, "hour")
        }
    }
}

extension Governor {
    /// At the rates that are used now.
    package func estimate(of amounts: [GovernorEstimate.Amount]) -> GovernorEstimate {
        GovernorEstimate(of: amounts, under: limits, share: share(of:))
    }
}
