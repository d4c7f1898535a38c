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
                try await store.keep(batch.map(\.0), at: now())
                batch.forEach { $0.1.resume() }
            } catch {
                batch.forEach { $0.1.resume(throwing: error) }
            }
        }
        isCommitting = false
    }
}
