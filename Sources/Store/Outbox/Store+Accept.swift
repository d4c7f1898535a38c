package import Model
import SQLite
import SyncCore

extension Store {
    /// Makes operations of intents and commits them, all in one transaction. Only what this returns is
    /// saved.
    ///
    /// An operation id that is known already with the same content adds nothing and gives the entry
    /// that is there, so that doing it again after a crash or an error is safe. After a failure of the
    /// disk at the commit, the store is opened anew and the ids are looked up: what is there is saved.
    /// `secrets` are sealed and are saved with the operations. `signer` signs the frozen bytes of its operator's
    /// operations within the transaction; without one they stay unsigned.
    /// - Throws: `StoreError`; then nothing of the batch was saved.
    @discardableResult
    package func accept(
        _ intents: [(OperationID, Intent)], secrets: [SealedSecret] = [], signer: OperationSigner? = nil,
        at now: Timestamp
    ) throws(StoreError) -> [OutboxEntry] {
        do throws(StoreError) {
            return try transact(at: now) { transaction throws(StoreError) in
                var acceptance = try Acceptance(
                    transaction, reference: reference, signer: signer, digest: digest)
                var entries: [OutboxEntry] = []
                for (id, intent) in intents { entries.append(try acceptance.add(intent, as: id)) }
                transaction = acceptance.transaction
                for secret in secrets { try transaction.save(secret) }
                return entries
            }
        } catch {
            guard error.leavesDoubt, let saved = lookUp(intents.map(\.0)) else { throw error }
            return saved
        }
    }

    /// The entries of all the ids; `nil` when one of them is not here, or when nothing can be read.
    private func lookUp(_ ids: [OperationID]) -> [OutboxEntry]? {
        do throws(StoreError) {
            var entries: [OutboxEntry] = []
            for id in ids {
                guard let entry = try entry(id) else { return nil }
                entries.append(entry)
            }
            return entries
        } catch { return nil }
    }
}
