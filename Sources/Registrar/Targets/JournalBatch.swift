import Model
import RegistrarStore

/// Puts the journal entries of many tasks on the disk together: while one commit is under way, the next one fills.
actor JournalBatch {
    private let store: RegistrarStore
    private let now: @Sendable () -> Timestamp
    private var waiting: [(TargetTask, CheckedContinuation<Void, any Error>)] = []
    private var isCommitting = false

    init(_ store: RegistrarStore, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// The task has ended, or gone elsewhere, by somebody else's hand.
    private struct TakenAway: Error {}

    /// Returning means that the entry is on the disk.
    func keep(_ task: TargetTask) async throws {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append((task, continuation))
            guard !isCommitting else { return }
            isCommitting = true
            Task { await commit() }
        }
    }

    private func commit() async {
        while !waiting.isEmpty {
            let batch = waiting
            waiting = []
            do {
                let kept = try await store.keep(batch.map(\.0), at: now())
                for (task, waiting) in batch {
                    if kept.contains(task.number) {
                        waiting.resume()
                    } else {
                        waiting.resume(throwing: TakenAway())
                    }
                }
            } catch {
                batch.forEach { $0.1.resume(throwing: error) }
            }
        }
        isCommitting = false
    }
}
