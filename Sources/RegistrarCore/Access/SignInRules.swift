package import Model

/// When a password may be tried, as a decision. Sources: NIST SP 800-63B-4, sections 3.1.1.2 and 3.2.2; OWASP Password
/// Storage Cheat Sheet.
package enum SignInRules {
    /// Wrong passwords for one operator within `windowSeconds` before no more are looked at.
    package static let mostFailures = 10
    package static let windowSeconds: Int64 = 3600
    /// Bytes of a password: a single factor has 15 at least; the upper end bounds the work.
    package static let passwordBytes = 15...256
    /// Sign-ins that wait for their turn; each takes 128 MiB while it is looked at.
    package static let mostWaiting = 16

    /// Life of a sign-in: twelve hours, a shift with its ways.
    package static let sessionSeconds: Int64 = 12 * 3600
    /// What a registrar may set instead: 5 minutes to 24 hours.
    package static let sessionRange: ClosedRange<Int64> = 300...86_400

    package enum Verdict: Equatable, Sendable {
        case mayTry
        case wait(seconds: Int)
    }

    /// `failures`: moments of wrong passwords for the operator named, in any order. Whether there is such an operator plays
    /// no part, so that nobody learns it.
    package static func verdict(failures: [Timestamp], now: Timestamp) -> Verdict {
        let recent = failures.filter { $0.milliseconds > now.milliseconds - windowSeconds * 1000 }.sorted()
        guard recent.count >= mostFailures else { return .mayTry }
        // It opens when so many have grown old that one more may be tried.
        let deciding = recent[recent.count - mostFailures]
        let left = deciding.advanced(bySeconds: windowSeconds).milliseconds - now.milliseconds
        return .wait(seconds: Int(max(1, (min(left, windowSeconds * 1000) + 999) / 1000)))
    }
}
