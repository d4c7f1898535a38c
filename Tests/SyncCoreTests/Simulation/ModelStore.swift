import Model
import SyncCore

/// A store reduced to its promises: what was recorded survives, and illegal transitions are refused.
struct ModelStore {
    struct Row {
        var operation: ModelOperation
        var state: OperationState
        var attempts = 0
        /// By the wall clock, which jumps.
        var retryAt: Int64?
        var problemCode: String?
        var hasReceipt = false
    }

    private(set) var rows: [OperationID: Row] = [:]
    private(set) var order: [OperationID] = []
    private(set) var faults: [String] = []

    mutating func accept(_ operation: ModelOperation) {
        rows[operation.id] = Row(operation: operation, state: .queued)
        order.append(operation.id)
    }

    mutating func record(_ changes: [SyncChange], now: Instant, wall: Int64) {
        for change in changes {
            guard var row = rows[change.operationID],
                case .to(let next) = row.state.after(change.event)
            else {
                faults.append("\(change.event) of \(change.operationID)")
                continue
            }
            row.state = next
            row.retryAt = change.retryAt.map { wall + $0.milliseconds(since: now) }
            row.problemCode = change.problem?.code ?? row.problemCode
            if change.event == .sendStarted { row.attempts += 1 }
            if next == .applied { row.hasReceipt = change.receipt != nil }
            rows[change.operationID] = row
        }
        checkLanes()
    }

    /// At most one operation of a lane is on its way, and nothing before it is open.
    private mutating func checkLanes() {
        var travelling: [DeviceIdentifier: Int] = [:]
        for row in rows.values where row.state == .inFlight || row.state == .inDoubt {
            travelling[row.operation.lane, default: 0] += 1
        }
        for (lane, count) in travelling where count > 1 { faults.append("\(count) of \(lane) on their way") }
    }

    func openEntries(wall: Int64) -> [SyncEntry] {
        order.compactMap { id in
            guard let row = rows[id], row.state.isOpen else { return nil }
            return SyncEntry(
                operationID: id, lane: row.operation.lane, laneSequence: row.operation.sequence,
                tenant: TenantID(trusted: "acme"), operatorID: row.operation.operatorID, state: row.state,
                attempts: row.attempts, payloadBytes: 900, stillToWait: (row.retryAt ?? wall) - wall,
                problemCode: row.problemCode)
        }
    }
}
