package import Model
import RegistrarCore
import SQLite
package import Wire

extension RegistrarStore {
    /// Devices that have the text in an identifier, whole matches first, as far as the caller may look at them.
    package func findDevices(
        _ text: String, tenant: TenantID?, seenBy caller: Operator, at now: Timestamp
    ) throws(RegistrarStoreError) -> DeviceList {
        let folded = SearchText.fold(text)
        guard !folded.isEmpty else { return DeviceList(devices: [], more: false) }
        return try read { reader throws(SQLiteError) in
            let ids = try reader.list(
                """
                SELECT device_id, min(CASE WHEN folded = ?1 THEN 0 WHEN folded LIKE ?2 THEN 1 ELSE 2 END) AS rank
                FROM identifier WHERE folded LIKE ?3 GROUP BY device_id ORDER BY rank, min(folded)
                """, [.text(folded), .text(Self.pattern(folded) + "%"), .text("%\(Self.pattern(folded))%")],
                RegistrarReader.deviceID)
            var found: [DeviceRecord] = []
            for id in ids where found.count <= RegistrarLimits.devicesPerSearch {
                guard let device = try reader.device(id)?.record, caller.sees(device, at: now),
                    tenant == nil || device.tenant == tenant
                else { continue }
                found.append(device)
            }
            return DeviceList(
                devices: Array(found.prefix(RegistrarLimits.devicesPerSearch)),
                more: found.count > RegistrarLimits.devicesPerSearch)
        }
    }

    /// Folded text has no wildcard of LIKE in it but `%`; the underscore is a separator, which folding takes out.
    private static func pattern(_ folded: String) -> String { folded.filter { $0 != "%" } }

    /// One device; `nil` when there is none that the caller may look at.
    package func device(
        _ id: DeviceID, seenBy caller: Operator, at now: Timestamp
    ) throws(RegistrarStoreError) -> DeviceRecord? {
        try read { reader throws(SQLiteError) in
            guard let device = try reader.device(id)?.record, caller.sees(device, at: now) else { return nil }
            return device
        }
    }

    /// The devices that somebody who runs the registrar may mean: by the registrar's id, a whole identifier or a serial.
    package func devices(called text: String) throws(RegistrarStoreError) -> [DeviceID] {
        try read { reader throws(SQLiteError) in
            try reader.list(
                """
                SELECT device_id FROM device WHERE device_id = ?1
                UNION SELECT device_id FROM identifier WHERE identifier = ?1 OR serial = ?1
                """, [.text(text)], RegistrarReader.deviceID)
        }
    }

    /// What was done to a device, oldest first; `nil` when there is none that the caller may look at.
    ///
    /// A tenant sees its own operations only: what an earlier owner did stays that owner's.
    package func history(
        of id: DeviceID, seenBy caller: Operator, at now: Timestamp
    ) throws(RegistrarStoreError) -> DeviceHistory? {
        try read { reader throws(SQLiteError) in
            guard let device = try reader.device(id)?.record, caller.sees(device, at: now) else { return nil }
            let events = try reader.list(
                """
                SELECT at, operation_id, kind, outcome, tenant, operator_id, summary, device_version, receipt
                FROM operation WHERE device_id = ? AND receipt IS NOT NULL ORDER BY at, device_version
                """, [.text(id.rawValue)]
            ) { row throws(SQLiteError) in try HistoryEvent(row) }
            return DeviceHistory(
                device: device,
                events: events.filter { event in
                    authorise(.browse(event.tenant, .anywhere), of: caller, at: now) == nil
                })
        }
    }
}

extension HistoryEvent {
    fileprivate init(_ row: SQLiteRow) throws(SQLiteError) {
        self.init(
            at: try row.timestamp("at"), operationID: try RecordLoader.operationID(row),
            kind: try row.text("kind"), outcome: try row.value("outcome", Receipt.Outcome.init(rawValue:)),
            tenant: try row.value("tenant", TenantID.init(rawValue:)),
            operatorID: try row.value("operator_id", OperatorID.init(rawValue:)),
            summary: try row.text("summary"), deviceVersion: try row.integer("device_version"),
            receipt: try row.text("receipt"))
    }
}
