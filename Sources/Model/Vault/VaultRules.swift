/// When a vault may be tried to be opened, as a decision. Sources: NIST SP 800-63B, section 3.2.2 (rate limiting); OWASP
/// Password Storage Cheat Sheet.
package enum VaultRules {
    /// So many wrong passphrases in a row close a vault for good.
    package static let mostFailures = 10
    /// So many are free of waiting.
    package static let freeFailures = 3

    /// What somebody who wants to open a vault is told.
    package enum Verdict: Equatable, Sendable {
        case mayTry
        case wait(milliseconds: Int64)
        case closed
    }

    /// `failures`: wrong tries in a row; `last`: when the last of them was.
    package static func verdict(failures: Int, last: Timestamp?, now: Timestamp) -> Verdict {
        guard failures < mostFailures else { return .closed }
        guard failures >= freeFailures, let last else { return .mayTry }
        let pause = pauseMilliseconds(after: failures)
        // A clock that was set back must not open early nor keep shut for ever.
        let passed = max(0, now.milliseconds - last.milliseconds)
        return passed >= pause ? .mayTry : .wait(milliseconds: pause - passed)
    }

    /// Doubles from 2 s on, up to some two minutes.
    private static func pauseMilliseconds(after failures: Int) -> Int64 {
        2_000 << Int64(min(6, failures - freeFailures))
    }

    /// How many more may be wrong.
    package static func triesLeft(failures: Int) -> Int { max(0, mostFailures - failures) }

    /// A passphrase of fewer bytes is tried through in no time by whoever has a copy of the disk: five words, or what a
    /// machine made.
    package static let leastBytes = 16

    /// After so long without a key or a scan the full screen closes the vault.
    package static let idleMilliseconds: Int64 = 120_000
}
