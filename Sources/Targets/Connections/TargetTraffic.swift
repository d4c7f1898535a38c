import Model
import Synchronization

/// How much is going on at a target, by this process.
final class TargetTraffic: Sendable {
    private struct Seen {
        var inHand = 0
        var answeredAt: Timestamp?
    }

    /// Works in hand that are many.
    private static let many = 4
    /// A target that has not answered for so long may be away.
    private static let freshSeconds: Int64 = 10

    private let seen = Mutex(Seen())

    /// A work is taken in hand; `leave` when it is not any more.
    func enter() {
        seen.withLock { $0.inHand += 1 }
    }

    func leave() {
        seen.withLock { $0.inHand -= 1 }
    }

    func answered(at now: Timestamp) {
        seen.withLock { $0.answeredAt = now }
    }

    /// Whether many works are in hand and the target answers.
    func isLively(at now: Timestamp) -> Bool {
        seen.withLock { seen in
            seen.inHand >= Self.many
                && seen.answeredAt.map { now < $0.advanced(bySeconds: Self.freshSeconds) } ?? false
        }
    }
}
