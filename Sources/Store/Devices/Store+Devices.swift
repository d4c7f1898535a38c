package import Model
import SQLite

extension Store {
    /// Devices that any of their identifiers finds: whole matches first, then beginnings, then parts.
    ///
    /// Case and separators do not count. Without text: the devices changed last.
    /// `limit`: at most `StoreLimits.foundDevices`.
    package func findDevices(_ text: String, limit: Int = 50) throws(StoreError) -> [StoredDevice] {
        let limit = max(0, min(limit, StoreLimits.foundDevices))
        let wanted = SearchText.fold(DeviceIdentifier(rawValue: text)?.value ?? text)
        guard !wanted.isEmpty else {
            let isBlank = text.allSatisfy(\.isWhitespace)
            return isBlank ? try devices("ORDER BY updated_at DESC, lane LIMIT ?", [.integer(limit)]) : []
        }
        return try devices(
            """
            JOIN (
                SELECT lane AS found, min(CASE WHEN search = ?1 THEN 0 WHEN instr(search, ?1) = 1 THEN 1
                    ELSE 2 END) AS rank
                FROM device_identifier WHERE instr(search, ?1) > 0 GROUP BY lane
            ) ON found = device.lane
            ORDER BY rank, updated_at DESC, device.lane LIMIT ?2
            """, [.text(wanted), .integer(limit)])
    }

    /// The device whose operations queue in a lane.
    package func device(_ lane: DeviceIdentifier) throws(StoreError) -> StoredDevice? {
        try devices("WHERE device.lane = ?", [.text(lane.rawValue)]).first
    }

    /// Every device whose certificate this store knows of, in the order of their names.
    package func certifiedDevices(at site: SiteID? = nil) throws(StoreError) -> [StoredDevice] {
        let wanted = "WHERE (certificate IS NOT NULL OR certificate_chain IS NOT NULL)"
        guard let site else { return try devices("\(wanted) ORDER BY device.lane", []) }
        return try devices("\(wanted) AND site = ? ORDER BY device.lane", [.text(site.rawValue)])
    }

    /// The lane of the device that one of the identifiers finds, asked in their order; `nil` for a
    /// device that is new here, which takes `DeviceIdentity.lane`.
    package func lane(for identifiers: [DeviceIdentifier]) throws(StoreError) -> DeviceIdentifier? {
        try read { connection throws(SQLiteError) in
            try DeviceWriter(connection).lane(for: identifiers)
        }
    }

    private func devices(_ clause: String, _ values: [SQLiteValue]) throws(StoreError) -> [StoredDevice] {
        try read { connection throws(SQLiteError) in
            var devices: [StoredDevice] = []
            for row in try connection.run("SELECT \(StoredDevice.columns) FROM device \(clause)", values) {
                devices.append(try StoredDevice(row))
            }
            return devices
        }
    }
}
