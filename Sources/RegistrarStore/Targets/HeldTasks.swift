import Model
import SQLite

/// Work that waits until a device has been proven where it belongs now.
struct HeldTasks {
    private let transaction: RegistrarTransaction

    init(_ transaction: RegistrarTransaction) {
        self.transaction = transaction
    }

    /// Everything that is held for the device is due; gives how much that is.
    func release(of device: DeviceID) throws(SQLiteError) -> Int {
        try transaction.connection.run(
            "UPDATE target_work SET state = 'due', not_before = ? WHERE device_id = ? AND state = 'held' RETURNING number",
            .timestamp(transaction.now), .text(device.rawValue)
        ).count
    }

    /// The device has come to the target anew: what was held there would take away what it is given now.
    func cancel(of device: DeviceID, at target: TargetID) throws(SQLiteError) {
        try transaction.connection.run(
            """
            UPDATE target_work SET state = 'cancelled', said = 'The device has come back.'
            WHERE device_id = ? AND target = ? AND state = 'held'
            """, .text(device.rawValue), .text(target.rawValue))
    }

    /// The device is let in nowhere any more: old places go at once, and what it is now is taken away as a whole.
    func leaveNothing(of device: DeviceID) throws(SQLiteError) {
        try transaction.connection.run(
            """
            UPDATE target_work SET state = 'cancelled', said = 'The device is let in no more.'
            WHERE device_id = ? AND state = 'held' AND intent = 'finishRotation'
            """, .text(device.rawValue))
        _ = try release(of: device)
    }
}
