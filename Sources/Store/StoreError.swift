package import Model
package import Processes
package import SQLite
package import SyncCore

/// Why the store did not do what was asked. Unless a case says otherwise, nothing was changed.
package enum StoreError: Explained, Equatable, Sendable {
    case database(SQLiteError)
    /// The directory, a lock file or the ballast could not be made or read.
    case system(SystemError)
    /// The books do not balance: operations are missing or doubled. Nothing was committed.
    case conservationBroken(accepted: Int, accounted: Int)
    /// The event cannot happen in the operation's state; another process or person was faster.
    case illegalTransition(OperationID, state: OperationState, event: OperationEvent)
    case unknownOperation(OperationID)
    /// An operation id came back with other content than it was accepted with.
    case operationIDReused(OperationID)
    /// What the correction would replace is on its way, or finished.
    case cannotSupersede(OperationID, state: OperationState)
    /// The stored bytes of an operation no longer have the hash they were accepted with.
    case damagedOperation(OperationID)
    /// Its bytes were given up once its receipt was old; receipt and hash are kept.
    case archivedOperation(OperationID)
    /// A receipt that names another operation or other bytes.
    case foreignReceipt(OperationID)
    /// An earlier operation of the same device is still open.
    case laneOrder(OperationID, waitsFor: OperationID)
    /// Another process has become the sender since.
    case notSender
    /// A person must say why.
    case reasonMissing
    /// The operator's key did not sign an operation.
    case notSigned(OperationID)
    /// A value could not be written as JSON.
    case unwritable(String)

    /// Runs database work and names its failure as the store's.
    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        do { return try body() } catch { throw .database(error) }
    }

    /// Runs file work and names its failure as the store's; a full disk is always
    /// `database(.diskFull)`.
    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SystemError) -> Value
    ) throws(StoreError) -> Value {
        do { return try body() } catch {
            if case .diskFull(let path) = error { throw .database(.diskFull(path: path)) }
            throw .system(error)
        }
    }

    var isDiskFull: Bool {
        if case .database(.diskFull) = self { true } else { false }
    }
}

extension StoreError: SQLiteErrorConvertible {
    package init(_ error: SQLiteError) { self = .database(error) }
}

extension StoreError {
    package var explanation: Explanation {
        switch self {
        case .database(let error): error.explanation
        case .system(let error): error.explanation
        case .conservationBroken(let accepted, let accounted):
            Explanation(
                id: "store_conservation",
                what: "Nothing was changed: \(accepted) operations were accepted, but \(accounted) are "
                    + "accounted for.",
                nextStep: "Stop working with this store, keep a copy of it, and send it to support.")
        case .illegalTransition(let id, let state, let event):
            Explanation(
                id: "operation_state",
                what: "Operation \(id) was not changed: it is \(state.rawValue), where "
                    + "\(event.rawValue) cannot happen.",
                nextStep: "Look at it with `muster queue show \(id)` and decide again.")
        case .unknownOperation(let id):
            Explanation(
                id: "operation_not_here", what: "This store has no operation \(id).",
                nextStep: "List what there is with `muster queue list`.")
        case .operationIDReused(let id):
            Explanation(
                id: "operation_id_reused",
                what: "Nothing was saved: operation \(id) exists already with other content.",
                nextStep: "Do the step again, which makes a new operation.")
        case .cannotSupersede(let id, let state):
            Explanation(
                id: "operation_not_replaceable",
                what: "Nothing was saved: operation \(id) is \(state.rawValue) and cannot be replaced.",
                nextStep: "Wait for its outcome, then decide again.")
        case .damagedOperation(let id):
            Explanation(
                id: "operation_damaged",
                what: "Operation \(id) was not used: its bytes are not those that were saved.",
                nextStep: "Keep a copy of the store, check the disk, and ask support.")
        case .archivedOperation(let id):
            Explanation(
                id: "operation_archived",
                what: "The content of operation \(id) is no longer kept here; its receipt is.",
                nextStep: "Look at its receipt, or ask the registrar for the history of the device.")
        case .foreignReceipt(let id):
            Explanation(
                id: "receipt_foreign",
                what: "Nothing was changed: the receipt offered for operation \(id) is for something else.",
                nextStep: "Sync again; report it to support when it happens twice.")
        case .laneOrder(let id, let waitsFor):
            Explanation(
                id: "operation_waits",
                what: "Operation \(id) was not changed: \(waitsFor) of the same device comes first.",
                nextStep: "Settle \(waitsFor) first.")
        case .notSender:
            Explanation(
                id: "store_not_sender",
                what: "The outcome was not recorded: another process sends from this store now.",
                nextStep: "Let that process finish, or stop it and sync again.")
        case .reasonMissing:
            Explanation(
                id: "reason_missing", what: "Nothing was changed: closing an operation needs a reason.",
                nextStep: "Say why, for instance with --reason.")
        case .notSigned(let id):
            Explanation(
                id: "signing_failed", what: "Nothing was saved: operation \(id) could not be signed.",
                nextStep: "Ask `muster doctor` about the key, then do it again.")
        case .unwritable(let what):
            Explanation(
                id: "store_unwritable", what: "Nothing was saved: \(what) could not be written as JSON.",
                nextStep: "Report this to support with what you did.")
        }
    }
}
