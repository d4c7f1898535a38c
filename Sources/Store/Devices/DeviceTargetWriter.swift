import Model
import SQLite

/// Writes where devices are provisioned, within somebody's transaction.
struct DeviceTargetWriter {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    /// A receipt: one that provisioned the device outside brings everything of it, one that gave it up takes it away.
    func note(_ receipt: Receipt, in lane: DeviceIdentifier) throws(StoreError) {
        if let target = receipt.target {
            let target = try SQLiteValue.stored(target)
            let key: SQLiteValue =
                if let sealed = receipt.sealedKey { try .stored(sealed) } else { .null }
            try StoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    """
                    INSERT OR REPLACE INTO device_target(lane, target, service_roots, sealed_key, operation_id)
                    VALUES (?, ?, ?, ?, ?)
                    """, .text(lane.rawValue), target, .optional(receipt.serviceRoots), key,
                    .text(receipt.operationID.rawValue))
            }
        } else if receipt.outcome == .released {
            try forget(lane)
        }
    }

    /// What the feed says of the device. What came with a receipt stays while the device is where that said.
    func note(_ target: DeviceTarget?, in lane: DeviceIdentifier) throws(StoreError) {
        guard let target else { return try forget(lane) }
        let stored = try SQLiteValue.stored(target)
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                INSERT INTO device_target(lane, target) VALUES (?1, ?2)
                ON CONFLICT(lane) DO UPDATE SET target = ?2,
                    service_roots = iif(json_extract(target, '$.target') = ?3, service_roots, NULL),
                    sealed_key = iif(json_extract(target, '$.target') = ?3, sealed_key, NULL)
                """, .text(lane.rawValue), stored, .text(target.target.rawValue))
        }
    }

    private func forget(_ lane: DeviceIdentifier) throws(StoreError) {
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run("DELETE FROM device_target WHERE lane = ?", .text(lane.rawValue))
        }
    }
}
