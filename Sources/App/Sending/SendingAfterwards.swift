import CommandTable
import Model
import Store
import Sync

/// What a command does once its operations are saved: tries to send them, and says what became of each.
struct SendingAfterwards {
    let companion: Companion

    init(_ companion: Companion) {
        self.companion = companion
    }

    /// How long waits are waited for once the registrar was reached.
    private static let patience = Duration.seconds(3)

    /// How long targets are worked at for what was left to do there before.
    private static let targetSeconds: Int64 = 10

    func run(_ ids: [OperationID]) async throws -> ExitCode {
        guard !companion.context.invocation.has("offline") else {
            try await show(ids)
            return ids.isEmpty ? .done : .savedNotConfirmed
        }
        if let background = companion.background { return try await background.settle(ids) }
        // What is saved stays saved: a vault that stays locked keeps it from being sent, not from being kept.
        do { try await companion.openVault(try await companion.session().session) } catch {
            guard let locked = error as? VaultError else { throw error }
            companion.console.report(locked.explanation)
        }
        let summary = await Sender(companion).syncer().run(until: .drained(patience: Self.patience))
        try await show(ids)
        if summary.reached {
            await EmbeddedTargets(companion: companion).work(forSeconds: Self.targetSeconds)
        }
        if summary.anotherProcessSends {
            companion.console.remark("Another muster sends from this store; it takes these along.")
        }
        for problem in summary.problems { companion.console.remark("\(problem.what) \(problem.nextStep)") }
        return try await Sender(companion).exitCode(of: ids, reached: summary.reached)
    }

    private func show(_ ids: [OperationID]) async throws {
        var entries: [OutboxEntry] = []
        for id in ids {
            if let entry = try await companion.store.entry(id) { entries.append(entry) }
        }
        entries.forEach(companion.console.print)
        guard !entries.isEmpty else { return }
        EntryTable(entries: entries, now: companion.surroundings.now()).lines.forEach(companion.console.show)
    }
}
