package import Model
import SQLite

extension Store {
    /// The services of a tenant's devices by a registrar's catalogue; of every tenant's where none is named.
    package func services(
        _ registrar: RegistrarID, tenant: TenantID? = nil
    ) throws(StoreError) -> [DeviceService] {
        try rows(
            """
            SELECT DISTINCT content FROM device_service
            WHERE registrar = ?1 AND (?2 IS NULL OR tenant = ?2) ORDER BY content
            """, [.text(registrar.rawValue), .optional(tenant?.rawValue)]
        ) { row throws(SQLiteError) in try row.json("content", DeviceService.self) }
    }
}

extension FeedWriter {
    func replaceServices(_ services: [DeviceService]) throws(StoreError) {
        var contents: [SQLiteValue] = []
        for service in services { contents.append(try .stored(service)) }
        try StoreError.wrapping { () throws(SQLiteError) in
            let owner: [SQLiteValue] = [.text(registrar.rawValue), .text(tenant.rawValue)]
            try connection.run("DELETE FROM device_service WHERE registrar = ? AND tenant = ?", owner)
            for content in contents {
                try connection.run(
                    "INSERT OR REPLACE INTO device_service(registrar, tenant, content) VALUES (?, ?, ?)",
                    owner + [content])
            }
        }
    }
}
