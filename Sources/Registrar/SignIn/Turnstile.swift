import RegistrarCore
import Synchronization

/// Lets so many in at once and no more.
final class Turnstile: Sendable {
    private let inside = Mutex(0)

    func enter() -> Bool {
        inside.withLock { inside in
            guard inside < SignInRules.mostWaiting else { return false }
            inside += 1
            return true
        }
    }

    func leave() { inside.withLock { $0 -= 1 } }
}
