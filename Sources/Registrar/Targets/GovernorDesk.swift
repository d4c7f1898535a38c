package import Model
package import RegistrarStore
package import TargetCore

/// The governors of all accounts. What they have seen stands in the store alone, so that everything that shares the registrar,
/// other processes too, stays under the limits together, and a restart forgets nothing.
///
/// Whoever asks while a turn at an account is under way waits for the next, which answers all of them in one transaction. A
/// process that ends between that and its calls has counted calls that were not made: the window forgets them.
package actor GovernorDesk {
    private struct Ask {
        var call: GovernedCall
        var kind: GovernedClass
        var limits: [CloudLimit]
        var answer: CheckedContinuation<Admission, any Error>
    }

    private struct Answered {
        var call: GovernedCall
        var answer: LimitAnswer
        var sent: Timestamp
        var at: Timestamp
    }

    private struct Queue {
        var asks: [Ask] = []
        var answers: [Answered] = []
        /// By which the answers are counted.
        var limits: [CloudLimit] = []
        var isTurning = false
    }

    private var queues: [String: Queue] = [:]
    private let store: RegistrarStore
    private let now: @Sendable () -> Timestamp

    package init(_ store: RegistrarStore, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    package func admit(
        _ call: CloudCall, for device: DeviceID?, of account: String, under limits: [CloudLimit],
        as kind: GovernedClass
    ) async throws -> Admission {
        let call = GovernedCall(call, device: device?.rawValue)
        return try await withCheckedThrowingContinuation { continuation in
            queues[account, default: Queue()].asks.append(
                Ask(call: call, kind: kind, limits: limits, answer: continuation))
            begin(account)
        }
    }

    /// A complaint is told at once, so that nobody else runs into it; other answers go with the next ask.
    package func answered(
        _ call: CloudCall, for device: DeviceID?, of account: String, under limits: [CloudLimit],
        _ answer: LimitAnswer, sent: Timestamp
    ) {
        let call = GovernedCall(call, device: device?.rawValue)
        queues[account, default: Queue()].answers.append(
            Answered(call: call, answer: answer, sent: sent, at: now()))
        queues[account]?.limits = limits
        if case .throttled = answer { begin(account) }
    }

    /// Puts what was seen since the last turn into the store.
    package func keep() async throws {
        for account in queues.filter({ !$0.value.answers.isEmpty }).keys { try await turn(account) }
    }

    /// As it stands now.
    package func governor(of account: String, _ limits: [CloudLimit]) async throws -> Governor {
        let kept = try await store.governor(of: account)
        return Governor(key: account, limits: limits.replaced(by: kept.own), state: kept.state)
    }

    private func begin(_ account: String) {
        guard queues[account]?.isTurning == false else { return }
        queues[account]?.isTurning = true
        Task { await turns(account) }
    }

    private func turns(_ account: String) async {
        while let queue = queues[account],
            !queue.asks.isEmpty || queue.answers.contains(where: { $0.answer.isComplaint })
        {
            do { try await turn(account) } catch {
                // Whoever asked has been told of it, and so will be those that have asked since. A complaint goes with the
                // next turn.
                if queues[account]?.asks.isEmpty != false { break }
            }
        }
        queues[account]?.isTurning = false
    }

    private func turn(_ account: String) async throws {
        guard var queue = queues[account] else { return }
        let (asks, answers) = (queue.asks, queue.answers)
        (queue.asks, queue.answers) = ([], [])
        queues[account] = queue
        let limits = Self.all(asks.map(\.limits) + [queue.limits])
        let calls = asks.map { (call: $0.call, kind: $0.kind) }
        let now = now
        do {
            let admissions = try await store.govern(account) { state, own in
                var governor = Governor(key: account, limits: limits.replaced(by: own), state: state)
                for one in answers { governor.answered(one.call, one.answer, sent: one.sent, at: one.at) }
                let time = now()
                let admissions = calls.map { governor.admit($0.call, as: $0.kind, at: time) }
                state = governor.state
                return admissions
            }
            for (ask, admission) in zip(asks, admissions) { ask.answer.resume(returning: admission) }
        } catch {
            queues[account]?.answers.insert(contentsOf: answers, at: 0)
            for ask in asks { ask.answer.resume(throwing: error) }
            throw error
        }
    }

    /// Each limit once; lines of one account may know different ones.
    private static func all(_ lists: [[CloudLimit]]) -> [CloudLimit] {
        guard let first = lists.first, lists.contains(where: { $0 != first && !$0.isEmpty }) else {
            return lists.first ?? []
        }
        var seen: Set<String> = []
        return lists.flatMap(\.self).filter { seen.insert($0.name).inserted }
    }
}

extension LimitAnswer {
    fileprivate var isComplaint: Bool { if case .throttled = self { true } else { false } }
}
