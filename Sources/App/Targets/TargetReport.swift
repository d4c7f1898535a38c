import AWSIoT
import CommandTable
import Model
import TargetCore
import Targets

/// What is shown of targets.
struct TargetReport {
    private let console: Console

    init(_ console: Console) {
        self.console = console
    }

    func show(_ check: TargetCheck) {
        for line in check.lines {
            let mark = line.verdict == .passed ? "✓" : "!"
            console.show("\(mark) \(line.right): \(line.purpose)")
            if let said = line.said { console.show("    \(said)") }
        }
        if let clock = check.clock { console.show("! \(clock.words)") }
        if let client = check.client {
            let name =
                client.isByThingName ? "by their thing's name alone" : "by any client id"
            let topic = client.topic.map { "; they may publish at \($0)" } ?? ""
            console.show("✓ Its policy lets devices connect \(name)\(topic).")
        }
    }

    func show(_ governor: Governor) {
        var table = TextTable(header: ["LIMIT", "CALLS", "SECONDS", "ALLOWED NOW", "PUBLISHED", "SOURCE"])
        for limit in governor.limits {
            let share = governor.share(of: limit) / 10_000
            console.print(
                Line(
                    calls: limit.count, limit: limit.name, percent: share, published: limit.published,
                    seconds: limit.seconds, source: limit.source))
            table.rows.append([
                limit.name, "\(limit.count)\(limit.published == nil ? "" : " (yours)")",
                String(limit.seconds),
                "\(share) %", limit.published.map { "\($0.count) in \($0.seconds) s" } ?? "the same",
                limit.source,
            ])
        }
        table.lines.forEach(console.show)
    }

    private struct Line: Encodable {
        var calls: Int
        var limit: String
        var percent: Int
        /// What the documents say, where the account's own numbers stand in their place.
        var published: CloudLimit.Published?
        var seconds: Int
        var source: String
    }
}
