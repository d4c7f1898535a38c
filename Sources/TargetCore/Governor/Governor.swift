package import Model

/// Keeps the calls of one account and region under the target's limits, below them while the target
/// complains, and people before bulk work. A value: the same asks at the same times give the same answers.
///
/// `admit` before a call; when it says later, ask again then. `answered` after it. Where several ask for
/// the same account, they share the `state`.
package struct Governor: Equatable, Sendable {
    /// Which account and region, or which instance: `aws/123456789012/eu-north-1`.
    package let key: String
    package let limits: [CloudLimit]
    package private(set) var state: GovernorState

    package init(key: String, limits: [CloudLimit], state: GovernorState = GovernorState()) {
        self.key = key
        self.limits = limits
        self.state = state
    }

    /// Whether the call may be made; when it may, it has been counted under every limit that covers it.
    package mutating func admit(
        _ call: GovernedCall, as class: GovernedClass, at time: Timestamp
    ) -> Admission {
        let now = state.now(time)
        tidy(at: now)
        let counted = counted(call)
        var last: (opening: Int64, limit: String)?
        for (name, limit) in counted {
            var kept = state.limits[name] ?? LimitState(limit, at: now)
            let opening = kept.ask(`class`, limit, at: now)
            if opening != nil, `class` == .bulk { kept.bulkWaits(at: now) }
            state.limits[name] = kept
            guard let opening, last.map({ opening > $0.opening }) ?? true else { continue }
            last = (opening, limit.name)
        }
        if let last {
            let opening = StoredTime.held(time.milliseconds) + last.opening - now
            return .later(Timestamp(milliseconds: opening), limit: last.limit)
        }
        for (name, limit) in counted { state.limits[name]?.count(`class`, limit, at: now) }
        return .now
    }

    /// Learns from an answer. A throttled call holds every limit that covers it, unless the answer names one.
    ///
    /// `sent` is when the call was admitted. The target counts it when it arrives, which is known to lie before the answer:
    /// without that, a call that was long on its way and one that was not fall into one window there.
    package mutating func answered(
        _ call: GovernedCall, _ answer: LimitAnswer, sent: Timestamp? = nil, at time: Timestamp
    ) {
        let now = state.now(time)
        let sent = sent.map {
            now - max(0, StoredTime.held(time.milliseconds) - StoredTime.held($0.milliseconds))
        }
        var counted = counted(call)
        if case .throttled(_, let named?) = answer, counted.contains(where: { $0.limit.name == named }) {
            counted.removeAll { $0.limit.name != named }
        }
        for (name, limit) in counted {
            state.limits[name, default: LimitState(limit, at: now)].answered(
                answer, to: sent, limit, at: now)
        }
    }

    /// The part of a limit that is used now, in millionths; less than all after throttling. Of limits by
    /// device, all.
    package func share(of limit: CloudLimit) -> Int {
        state.limits[limit.name]?.share ?? GovernorTuning.full
    }
}

extension Governor {
    /// The limits that cover the call, each with the name under which its calls are kept.
    private func counted(_ call: GovernedCall) -> [(name: String, limit: CloudLimit)] {
        let covering = limits.compactMap { limit -> (name: String, limit: CloudLimit)? in
            guard limit.covers(plane: call.plane, call: call.name) else { return nil }
            switch limit.scope {
            case .account: return (limit.name, limit)
            case .device: return call.device.map { (limit.name + Self.separator + $0, limit) }
            }
        }
        guard covering.isEmpty else { return covering }
        let unlisted = CloudLimit.unlisted(plane: call.plane, call: call.name)
        return [(unlisted.name, unlisted)]
    }

    private mutating func tidy(at now: Int64) {
        guard !state.isTidy(at: now) else { return }
        let byName = Dictionary(limits.map { ($0.name, $0) }) { first, _ in first }
        let unlisted = CloudLimit.unlisted(plane: "", call: "")
        state.tidy(at: now) { name in
            let known = name.split(separator: Self.separator, maxSplits: 1).first.map(String.init) ?? name
            return byName[known] ?? (name.hasPrefix("unlisted_") ? unlisted : nil)
        }
    }

    /// Between the limit's name and the device's.
    private static let separator = "\n"
}
