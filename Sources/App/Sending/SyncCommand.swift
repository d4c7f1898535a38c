import CommandTable
import Model
import Store
import Sync
import Synchronization

/// `muster sync`: sends what is saved, fetches what changed, and says each thing as it happens.
struct SyncCommand {
    let companion: Companion

    private var console: Console { companion.console }

    func run() async throws -> ExitCode {
        try await companion.openVault(try await companion.session().session)
        let invocation = companion.context.invocation
        let watch = invocation.has("watch")
        let extent: SyncExtent = watch ? .forever : .drained(patience: .seconds(try patience()))
        let news = NewsLines(console: console)
        let summary = await Sender(companion).syncer().run(until: extent) { progress in
            progress.news.forEach(news.tell)
        }
        if summary.anotherProcessSends {
            console.remark("Another muster sends from this store; nothing was done here.")
        }
        await EmbeddedTargets(companion: companion).work(forSeconds: Self.targetSeconds)
        for problem in summary.problems { console.remark("\(problem.what) \(problem.nextStep)") }
        let counts = try await companion.store.counts()
        console.print(
            Outcome(
                confirmed: summary.confirmed, open: counts.open, needsYou: counts.needsYou,
                reached: summary.reached))
        console.show(
            "\(summary.confirmed) confirmed now; \(counts.open) open, of which \(counts.needsYou) need you.")
        return try await Sender(companion).exitCode(of: nil, reached: summary.reached)
    }

    /// How long targets are worked at once everything is sent.
    private static let targetSeconds: Int64 = 60

    private func patience() throws -> Int {
        guard let text = companion.context.invocation.value("timeout") else { return 60 }
        guard let seconds = Int(text), (0...86_400).contains(seconds) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was sent: `\(text)` is no number of seconds.",
                "Give a number from 0 to 86400.")
        }
        return seconds
    }

    private struct Outcome: Encodable {
        var confirmed: Int
        var open: Int
        var needsYou: Int
        var reached: Bool
    }
}

/// The news of a running sync as lines.
final class NewsLines: Sendable {
    private let console: Console
    /// Why each operation waits, as last said: it is not said again at every try.
    private let waits = Mutex<[OperationID: String]>([:])

    init(console: Console) {
        self.console = console
    }

    func tell(_ news: SyncNews) {
        switch news {
        case .reached: break
        case .confirmed(let id, let receipt):
            console.print(Line(news: "confirmed", operationID: id, outcome: receipt.outcome.rawValue))
            console.show("✓ confirmed  \(EntryTable.code(of: id))  \(receipt.outcome.rawValue)")
        case .refused(let id, let problem):
            console.print(Line(news: "refused", operationID: id, code: problem.code))
            console.show("! needs you  \(EntryTable.code(of: id))  \(problem.detail) \(problem.nextStep)")
        case .waits(let id, let problem, let until):
            console.print(Line(news: "waits", operationID: id, code: problem.code, until: until))
            let isNew = waits.withLock { $0.updateValue(problem.detail, forKey: id) != problem.detail }
            if isNew { console.show("● saved      \(EntryTable.code(of: id))  waits: \(problem.detail)") }
        case .trouble(let explanation):
            console.remark("\(explanation.what) \(explanation.nextStep)")
        case .anotherProcessSends:
            console.remark("Another muster sends from this store; this one takes over when that one ends.")
        }
    }

    private struct Line: Encodable {
        var news: String
        var operationID: OperationID
        var outcome: String?
        var code: String?
        var until: Timestamp?
    }
}
