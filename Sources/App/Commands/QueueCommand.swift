import CommandTable
import Model
import Processes
import Store
import SyncCore

/// `muster queue …`: what is saved, and settling what needs a person.
struct QueueCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }
    private var settling: Settling { Settling(companion: companion) }

    func run(_ word: String) async throws -> ExitCode {
        switch word {
        case "list": return try await list()
        case "show": return try await show()
        case "retry": return try await retry()
        case "withdraw": return try await withdraw()
        case "resolve": return try await resolve()
        case "export": return try await export()
        case "import": return try await take()
        default: throw UsageError.unknownCommand(word, of: "muster queue", suggestion: nil)
        }
    }

    private func list() async throws -> ExitCode {
        let filter: OutboxFilter
        switch invocation.value("state") ?? "open" {
        case "needs-you": filter = .mark(.needsYou)
        case "confirmed": filter = .mark(.confirmed)
        case "closed": filter = .mark(.closed)
        case "all": filter = .all
        default: filter = .open
        }
        let entries = try await companion.store.entries(filter, limit: try limit())
        // A list for people shows first what they can settle.
        let sorted = entries.enumerated().sorted {
            ($0.element.mark == .needsYou ? 0 : 1, $0.offset) < (
                $1.element.mark == .needsYou ? 0 : 1, $1.offset
            )
        }.map(\.element)
        sorted.forEach(console.print)
        EntryTable(entries: sorted, now: companion.surroundings.now()).lines.forEach(console.show)
        let counts = try await companion.store.counts()
        console.remark(
            "\(counts.open) open: \(counts.saved) saved, \(counts.sent) sent, \(counts.needsYou) need you; "
                + "\(counts.confirmed) confirmed")
        return .done
    }

    private func limit() throws -> Int {
        guard let text = invocation.value("limit") else { return 50 }
        guard let limit = Int(text), limit > 0 else {
            throw CommandFailure(
                .usage, "usage", "Nothing was listed: `\(text)` is no number.", "Give a number from 1 up.")
        }
        return limit
    }

    private func show() async throws -> ExitCode {
        let entry = try await operation()
        console.print(entry)
        EntryCard(entry: entry).lines.forEach(console.show)
        return .done
    }

    private func retry() async throws -> ExitCode {
        let entry = try await operation()
        try await settling.retry(entry.operationID)
        console.remark("\(entry.summary): will be sent again.")
        return try await SendingAfterwards(companion).run([entry.operationID])
    }

    private func withdraw() async throws -> ExitCode {
        let entry = try await operation()
        guard let reason = invocation.value("reason"), reason.contains(where: { !$0.isWhitespace }) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was withdrawn: a reason is needed.",
                "Add --reason 'why it shall not be done'.")
        }
        console.print(try await settling.withdraw(entry.operationID, reason: reason))
        console.show("\(entry.summary): withdrawn.")
        return .done
    }

    private func resolve() async throws -> ExitCode {
        let entry = try await operation()
        switch invocation.value("take") {
        case "theirs":
            console.print(try await settling.takeTheirs(entry.operationID))
            console.show("\(entry.summary): closed, the registrar's version stands.")
            return .done
        case "mine": return try await SendingAfterwards(companion).run([try await settling.takeMine(entry)])
        default:
            throw CommandFailure(
                .usage, "usage", "Nothing was settled: say whose version counts.",
                "Add --take theirs or --take mine.")
        }
    }

    private func export() async throws -> ExitCode {
        let (lines, count) = try await settling.exported()
        let path = invocation.arguments[0]
        if path == "-" {
            console.document(String(decoding: lines, as: UTF8.self))
        } else {
            try Files.writeAtomically(lines, to: path)
        }
        console.remark("\(count) open operations are in \(path == "-" ? "the output" : path).")
        return .done
    }

    private func take() async throws -> ExitCode {
        let (session, _) = try await companion.session()
        var operations: [ExportedOperation] = []
        for (number, line) in try InputFile.lines(invocation.arguments[0]).enumerated() where !line.isEmpty {
            do {
                operations.append(try CanonicalJSON.decode(ExportedOperation.self, from: Array(line.utf8)))
            } catch {
                let reason = CommandFailure(error).explanation
                throw CommandFailure(
                    .badInput, reason.id,
                    "Nothing was taken in: line \(number + 1) is not usable. \(reason.what)",
                    reason.nextStep)
            }
        }
        let taken = try await companion.store.importOutbox(
            operations, by: session.operatorID, at: companion.surroundings.now())
        console.show("\(taken) operations were taken in, \(operations.count - taken) were here already.")
        return .done
    }

    /// The one operation that the first argument names by its id or the end of it.
    private func operation() async throws -> OutboxEntry {
        let text = invocation.arguments[0].lowercased()
        let found = try await companion.store.entries(endingIn: text, limit: 3)
        guard let entry = found.first else {
            throw CommandFailure(
                .badInput, "operation_unknown", "This store has no operation that ends in `\(text)`.",
                "See `muster queue list --state all`.")
        }
        guard found.count == 1 else {
            throw CommandFailure(
                .badInput, "operation_ambiguous", "Several operations end in `\(text)`.",
                "Give more of the id.")
        }
        return entry
    }
}
