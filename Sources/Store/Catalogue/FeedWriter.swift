import Model
import SQLite
import Wire

/// Writes one page of a registrar's delta feed, within one transaction.
struct FeedWriter {
    let connection: SQLiteConnection
    let registrar: RegistrarID
    let tenant: TenantID
    /// Grows each time the feed is started anew.
    let generation: Int

    /// A device that is new or changed. A version older than the one known is passed over, so pages can
    /// be replayed.
    func upsert(_ record: DeviceRecord) throws(StoreError) {
        let identity = try SQLiteValue.stored(record.identity)
        let certificate = try SQLiteValue.stored(record.certificate)
        try StoreError.wrapping { () throws(SQLiteError) in
            let identifiers = record.identifiers + record.identity.identifiers
            guard let lane = try knownLane(record, identifiers) else { return }
            try connection.run(
                """
                INSERT INTO device(lane, identity, tenant, site, position, registrar, device_id, version,
                    state, certificate, feed_generation, updated_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                ON CONFLICT(lane) DO UPDATE SET identity = json_patch(identity, ?2), tenant = ?3, site = ?4,
                    position = ?5, registrar = ?6, device_id = ?7, version = ?8, state = ?9,
                    certificate_chain = iif(?10 IS NOT NULL AND (certificate IS NULL OR certificate = ?10),
                        certificate_chain, NULL),
                    certificate_chain = iif(?10 IS NULL
                        OR json_extract(certificate, '$.fingerprint') <> json_extract(?10, '$.fingerprint'),
                        NULL, certificate_chain),
                    certificate = ?10, feed_generation = ?11, updated_at = ?12
                WHERE version IS NULL OR version <= ?8 OR registrar IS NOT ?6
                """,
                .text(lane.rawValue), identity, .optional(record.tenant?.rawValue),
                .optional(record.site?.rawValue), .optional(record.position), .text(registrar.rawValue),
                .text(record.deviceID.rawValue), .integer(record.version), .text(record.state.rawValue),
                certificate, .integer(generation), .integer(record.updatedAt.milliseconds))
            try connection.run(
                "UPDATE device SET feed_generation = ? WHERE lane = ?", .integer(generation),
                .text(lane.rawValue))
            try DeviceWriter(connection).link([lane] + identifiers, to: lane)
        }
        try noteTarget(of: record)
    }

    /// Only where the row holds this version: an older one was passed over.
    private func noteTarget(of record: DeviceRecord) throws(StoreError) {
        let lane = try StoreError.wrapping { () throws(SQLiteError) -> DeviceIdentifier? in
            try connection.run(
                "SELECT lane FROM device WHERE registrar = ? AND device_id = ? AND version = ?",
                .text(registrar.rawValue), .text(record.deviceID.rawValue), .integer(record.version)
            ).first.map { row throws(SQLiteError) in
                try row.value("lane", DeviceIdentifier.init(rawValue:))
            }
        }
        if let lane { try DeviceTargetWriter(connection).note(record.target, in: lane) }
    }

    /// A device that left the tenant's view.
    func remove(_ deviceID: DeviceID) throws(SQLiteError) {
        try forget("device_id = ?3", .text(deviceID.rawValue))
    }

    /// What a feed that was started anew did not bring again is gone from the tenant's view.
    func removeUnconfirmed() throws(SQLiteError) {
        try forget("feed_generation < ?3", .integer(generation))
    }

    func replace(_ catalogue: Catalogue) throws(StoreError) {
        var products: [(ProductID, SQLiteValue)] = []
        for product in catalogue.products { products.append((product.productID, try .stored(product))) }
        try replaceJobs(catalogue.jobs)
        try replaceServices(catalogue.services)
        try replacePlacement(catalogue.placement)
        try StoreError.wrapping { () throws(SQLiteError) in
            let owner: [SQLiteValue] = [.text(registrar.rawValue), .text(tenant.rawValue)]
            try connection.run("DELETE FROM site WHERE registrar = ? AND tenant = ?", owner)
            try connection.run("DELETE FROM product WHERE registrar = ? AND tenant = ?", owner)
            for site in catalogue.sites {
                try connection.run(
                    "INSERT OR REPLACE INTO site(registrar, tenant, site, name) VALUES (?, ?, ?, ?)",
                    owner + [.text(site.siteID.rawValue), .text(site.name)])
            }
            for (product, content) in products {
                try connection.run(
                    "INSERT OR REPLACE INTO product(registrar, tenant, product, content) VALUES (?, ?, ?, ?)",
                    owner + [.text(product.rawValue), content])
            }
            try connection.run(
                "UPDATE feed SET tenant_name = ?3 WHERE registrar = ?1 AND tenant = ?2",
                owner + [.text(catalogue.tenant.name)])
        }
    }

    private func replaceJobs(_ jobs: [Job]) throws(StoreError) {
        var rows: [(JobID, SQLiteValue)] = []
        for job in jobs { rows.append((job.jobID, try .stored(job))) }
        try StoreError.wrapping { () throws(SQLiteError) in
            let owner: [SQLiteValue] = [.text(registrar.rawValue), .text(tenant.rawValue)]
            try connection.run("DELETE FROM job WHERE registrar = ? AND tenant = ?", owner)
            for (job, content) in rows {
                try connection.run(
                    "INSERT OR REPLACE INTO job(registrar, tenant, job, content) VALUES (?, ?, ?, ?)",
                    owner + [.text(job.rawValue), content])
            }
        }
    }

    /// The row of a device: by the registrar's id of it, then by an identifier, then a new one; `nil`
    /// when the record names no single device.
    private func knownLane(
        _ record: DeviceRecord, _ identifiers: [DeviceIdentifier]
    ) throws(SQLiteError) -> DeviceIdentifier? {
        let rows = try connection.run(
            "SELECT lane FROM device WHERE registrar = ? AND device_id = ?", .text(registrar.rawValue),
            .text(record.deviceID.rawValue))
        if let row = rows.first { return try row.value("lane", DeviceIdentifier.init(rawValue:)) }
        return try DeviceWriter(connection).lane(for: identifiers) ?? record.identity.lane
            ?? record.identifiers.first
    }

    /// Takes devices of the tenant away; one that has operations here stays, without what the registrar
    /// said of it.
    private func forget(_ condition: String, _ value: SQLiteValue) throws(SQLiteError) {
        let values: [SQLiteValue] = [.text(registrar.rawValue), .text(tenant.rawValue), value]
        let scope = "registrar = ?1 AND tenant = ?2 AND \(condition)"
        try connection.run(
            """
            DELETE FROM device WHERE \(scope)
                AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.lane = device.lane)
            """, values)
        try connection.run(
            """
            UPDATE device SET tenant = NULL, site = NULL, position = NULL, registrar = NULL, device_id = NULL,
                version = NULL, state = NULL, certificate = NULL, certificate_chain = NULL
            WHERE \(scope)
            """, values)
    }
}
