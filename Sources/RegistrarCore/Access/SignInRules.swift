package import Model

/// When a password may be tried, as a decision. Sources: NIST SP 800-63B-4, sections 3.1.1.2 and 3.2.2; OWASP Password
/// Storage and Authentication Cheat Sheets.
///
/// A tablet on which an operator has signed in before counts by itself, so that nobody elsewhere can keep her out of it.
/// Everybody else is a stranger, who is counted by where they are as well as by whom they try.
package enum SignInRules {
    /// Wrong passwords for one operator within `windowSeconds`, on one of her tablets or from one address of strangers,
    /// before no more are looked at.
    package static let mostFailures = 10
    /// The same from one address of strangers over all operators, so that a list of names cannot be tried through.
    package static let mostPerAddress = 30
    /// The same of all strangers for one operator, against many who try together. Source: NIST SP 800-63B-4, section 3.2.2.
    package static let mostOfStrangers = 100
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

    /// Moments of wrong passwords that bear on a try, in any order. Whether there is such an operator plays no part, so that
    /// nobody learns it.
    package enum Failures: Equatable, Sendable {
        /// On a tablet that the operator named has signed in on before.
        case ofTablet([Timestamp])
        /// Of strangers: for the operator from that address, for anybody from there, for the operator from anywhere.
        case ofStrangers(here: [Timestamp], address: [Timestamp], everywhere: [Timestamp])
    }

    package static func verdict(_ failures: Failures, now: Timestamp) -> Verdict {
        switch failures {
        case .ofTablet(let moments): return verdict(moments, most: mostFailures, now)
        case .ofStrangers(let here, let address, let everywhere):
            let all = [
                verdict(here, most: mostFailures, now), verdict(address, most: mostPerAddress, now),
                verdict(everywhere, most: mostOfStrangers, now),
            ]
            return all.max { $0.seconds < $1.seconds } ?? .mayTry
        }
    }

    private static func verdict(_ failures: [Timestamp], most: Int, _ now: Timestamp) -> Verdict {
        let recent = failures.filter { $0.milliseconds > now.milliseconds - windowSeconds * 1000 }.sorted()
        guard recent.count >= most else { return .mayTry }
        // It opens when so many have grown old that one more may be tried.
        let deciding = recent[recent.count - most]
        let left = deciding.advanced(bySeconds: windowSeconds).milliseconds - now.milliseconds
        return .wait(seconds: Int(max(1, (min(left, windowSeconds * 1000) + 999) / 1000)))
    }
}

extension SignInRules.Verdict {
    fileprivate var seconds: Int {
        switch self {
        case .mayTry: 0
        case .wait(let seconds): seconds
        }
    }
}
