package import Model
package import TargetCore

/// How far the registrar's clock is from Azure's, by the `Date` of any answer: the cause of a 401 that no
/// answer names.
package enum ClockLint {
    /// Tokens are made for ten minutes; an error of more than half is dangerous.
    package static let tolerableSeconds: Int64 = 300

    /// Seconds by which the clock here is ahead; `nil` when the answer does not tell. Source: RFC 9110,
    /// section 5.6.7.
    package static func secondsAhead(_ reply: CloudReply, at now: Timestamp) -> Int64? {
        guard let text = reply.header("Date"), let theirs = read(text) else { return nil }
        return (now.milliseconds - theirs.milliseconds) / 1000
    }

    package static func findings(_ reply: CloudReply, at now: Timestamp) -> [TargetFinding] {
        guard let ahead = secondsAhead(reply, at: now), abs(ahead) > tolerableSeconds else { return [] }
        let way = ahead > 0 ? "ahead of" : "behind"
        return [
            TargetFinding(
                "azure_clock_off",
                what:
                    "The clock here is \(abs(ahead)) seconds \(way) Azure's: tokens and "
                    + "certificates that are right look "
                    + "wrong, and Azure answers 401",
                nextStep: "Set the clock, by NTP if there is a network, then try again.")
        ]
    }

    /// `Thu, 26 Nov 2026 04:03:34 GMT`.
    private static func read(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : String(month + 1)
        return Timestamp("\(words[3])-\(number)-\(words[1])T\(words[4]).000Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
