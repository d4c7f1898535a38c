import Model

extension Linter {
    /// A start that lies at most this far ahead points at a clock, not at a plan: a day, the longest time-zone mistake.
    private static let skewMilliseconds: Int64 = 86_400_000

    /// The clock itself: dates are judged by it, so it comes first.
    var clockFindings: [LintFinding] {
        guard let floor = policy.earliestNow, now < floor else { return [] }
        return [
            LintFinding(
                .error, .clockBehind, "This computer's clock says \(now), and \(floor) has passed already.")
        ]
    }

    func timeFindings(_ index: Int) -> [LintFinding] {
        guard case .certificate(_, let start, let end) = file.items[index].form else { return [] }
        if now < start {
            let ahead = start.milliseconds - now.milliseconds
            guard ahead <= Self.skewMilliseconds else {
                return [
                    LintFinding(
                        .error, .notYetValid, item: index,
                        "\(name(of: index)) starts at \(start), in \(Self.words(ahead)).")
                ]
            }
            return [
                LintFinding(
                    .error, .clockSkew, item: index,
                    "\(name(of: index)) starts in \(Self.words(ahead)), at \(start): a clock is wrong, "
                        + "here or where it was made.")
            ]
        }
        if end < now {
            let ago = now.milliseconds - end.milliseconds
            return [
                LintFinding(
                    .error, .expired, item: index,
                    "\(name(of: index)) ended at \(end), \(Self.words(ago)) ago.")
            ]
        }
        guard end < now.advanced(bySeconds: Int64(policy.days) * 86_400) else { return [] }
        return [
            LintFinding(
                .warning, .expiresSoon, item: index,
                "\(name(of: index)) ends at \(end), in \(Self.words(end.milliseconds - now.milliseconds)).")
        ]
    }

    /// What is wrong with its dates whatever the time is.
    func lifeFindings(_ index: Int) -> [LintFinding] {
        guard case .certificate(_, let start, let end) = file.items[index].form else { return [] }
        if end <= start {
            return [
                LintFinding(
                    .error, .validityReversed, item: index,
                    "\(name(of: index)) ends at \(end), before it starts at \(start).")
            ]
        }
        guard case .item(let issuer) = file.signers[index],
            case .certificate(_, _, let issuerEnd) = file.items[issuer].form, issuerEnd < end
        else { return [] }
        return [
            LintFinding(
                .warning, .outlivesIssuer, item: index,
                "\(name(of: index)) ends at \(end), after its issuer's, which ends at \(issuerEnd).")
        ]
    }

    private static func words(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000
        return switch minutes {
        case ..<1: "less than a minute"
        case ..<120: "\(minutes) minutes"
        case ..<(48 * 60): "\(minutes / 60) hours"
        default: "\(minutes / (24 * 60)) days"
        }
    }
}
