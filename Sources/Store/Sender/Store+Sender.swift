package import Model
import Processes
import SQLite
import SyncCore

/// The right to send from a store. The kernel's lock makes it exclusive; `fencing` grows with each new
/// sender, so that one which slept through a take-over is told apart.
package struct SenderLease: Equatable, Sendable {
    package var fencing: Int
}

extension Store {
    /// Takes the sender's part; `nil` while another process, or another part of this one, has it.
    ///
    /// What a sender that died had in flight is in doubt from now on.
    package func becomeSender(at now: Timestamp) throws(StoreError) -> SenderLease? {
        guard senderLock == nil else { return nil }
        let lock = try StoreError.wrapping { () throws(SystemError) in
            try FileLock.tryAcquire(place.senderLock)
        }
        guard let lock else { return nil }
        let lease = try transactOnFullDisk(at: now) { transaction throws(StoreError) in
            let fencing = try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run("UPDATE meta SET fencing = fencing + 1 RETURNING fencing")
                    .first?.integer("fencing") ?? 0
            }
            try transaction.note(
                .senderTook, by: nil, to: reference.storeID.rawValue, ["fencing": String(fencing)])
            for id in try inFlight(transaction.connection) {
                try transaction.move(StateChange(id, .answerLost))
            }
            return SenderLease(fencing: fencing)
        }
        senderLock = lock
        return lease
    }

    /// Lets another process send.
    package func resign(_ lease: SenderLease) {
        senderLock = nil
        checkpointer = nil
    }

    /// Records what happened to operations, all in one transaction with its audit entries.
    ///
    /// A receipt updates the device's row. What follows an applied operation in its lane is for the
    /// sender to admit.
    /// - Throws: `StoreError.notSender` when another has taken over; `illegalTransition` when a person
    ///   or process was faster, upon which the sender reads the entry again; `foreignReceipt` for a
    ///   receipt of something else.
    package func record(
        _ changes: [StateChange], lease: SenderLease, at now: Timestamp
    ) throws(StoreError) {
        guard senderLock != nil else { throw .notSender }
        try transactOnFullDisk(at: now) { transaction throws(StoreError) in
            try requireFencing(lease, transaction.connection)
            for change in changes {
                let before = try transaction.move(change)
                guard let verified = change.receipt else { continue }
                try DeviceWriter(transaction.connection).noteReceipt(
                    verified.receipt, of: before, placement: placement(of: before), at: now)
            }
        }
    }

    func requireFencing(
        _ lease: SenderLease, _ connection: SQLiteConnection
    ) throws(StoreError) {
        let fencing = try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run("SELECT fencing FROM meta").first?.integer("fencing")
        }
        guard fencing == lease.fencing else { throw .notSender }
    }

    private func inFlight(_ connection: SQLiteConnection) throws(StoreError) -> [OperationID] {
        try StoreError.wrapping { () throws(SQLiteError) in
            var ids: [OperationID] = []
            for row in try connection.run("SELECT operation_id FROM operation WHERE state = 'in_flight'") {
                ids.append(try row.value("operation_id", OperationID.init(rawValue:)))
            }
            return ids
        }
    }

    /// Where a `place` operation put its device; read from the frozen bytes, since the row does not
    /// hold it.
    private func placement(
        of current: OutboxTransaction.Current
    ) throws(StoreError) -> OperationBody.Place? {
        guard current.kind == .place else { return nil }
        guard case .place(let place) = try frozen(current.operationID).operation.body else { return nil }
        return place
    }
}
