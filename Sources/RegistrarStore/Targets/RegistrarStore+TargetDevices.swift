package import Model
import SQLite

extension RegistrarStore {
    /// Where the records have devices at a target.
    package func places(
        at target: TargetID
    ) throws(RegistrarStoreError) -> [(device: DeviceID, tenant: TenantID?, place: DeviceTarget)] {
        try read { reader throws(SQLiteError) in
            var found: [(device: DeviceID, tenant: TenantID?, place: DeviceTarget)] = []
            let records = try reader.list(
                "SELECT record FROM device WHERE json_extract(record, '$.target.target') = ?",
                [.text(target.rawValue)]
            ) { row throws(SQLiteError) in try row.json("record", DeviceRecord.self) }
            for record in records {
                if let place = record.target { found.append((record.deviceID, record.tenant, place)) }
            }
            return found
        }
    }

    /// Devices that something is to be done about at a target, now or later.
    package func devicesUnderWork(at target: TargetID) throws(RegistrarStoreError) -> Set<DeviceID> {
        try read { reader throws(SQLiteError) in
            Set(
                try reader.list(
                    "SELECT DISTINCT device_id FROM target_work WHERE target = ? AND state IN ('held', 'due')",
                    [.text(target.rawValue)], RegistrarReader.deviceID))
        }
    }

    /// Which of these devices the registrar has a record of.
    package func known(of devices: [DeviceID]) throws(RegistrarStoreError) -> Set<DeviceID> {
        try read { reader throws(SQLiteError) in
            var known: Set<DeviceID> = []
            for device in devices where try reader.device(device) != nil { known.insert(device) }
            return known
        }
    }
}
