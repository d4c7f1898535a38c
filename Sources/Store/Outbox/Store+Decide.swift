package import Model
import SQLite
import SyncCore

extension Store {
    /// A person's act on an operation that is not on its way. Correcting one is `accept` with
    /// `supersedes`.
    ///
    /// - Throws: `StoreError.illegalTransition` where the state does not allow it, `reasonMissing` for
    ///   a blank reason.
    @discardableResult
    package func decide(
        _ id: OperationID, _ decision: Decision, by operatorID: OperatorID, at now: Timestamp
    ) throws(StoreError) -> OutboxEntry {
        var detail: [String: String] = [:]
        if let reason = decision.reason {
            guard reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
            detail["reason"] = reason
        }
        try transactOnFullDisk(at: now) { transaction throws(StoreError) in
            let before = try transaction.move(
                StateChange(id, decision.event), by: operatorID, detail: detail)
            if decision.event == .withdrawn { try transaction.unblockFirst(of: before) }
        }
        guard let entry = try entry(id) else { throw .unknownOperation(id) }
        return entry
    }
}
