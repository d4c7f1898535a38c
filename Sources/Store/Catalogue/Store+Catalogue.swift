package import Model
import SQLite
package import Wire

extension Store {
    /// Where the next pull of a tenant's changes goes on; `nil` starts at the beginning.
    package func cursor(_ registrar: RegistrarID, _ tenant: TenantID) throws(StoreError) -> String? {
        try feed(registrar, tenant)?.cursor
    }

    /// When a tenant's changes were last pulled to their end, by the registrar's clock.
    package func pulledAt(_ registrar: RegistrarID, _ tenant: TenantID) throws(StoreError) -> Timestamp? {
        try feed(registrar, tenant)?.pulledAt
    }

    /// Applies one page of changes and keeps its cursor, in one transaction: doing it twice is the same
    /// as once.
    package func apply(
        _ changes: Changes, registrar: RegistrarID, tenant: TenantID, at now: Timestamp
    ) throws(StoreError) {
        try change { connection throws(StoreError) in
            let owner: [SQLiteValue] = [.text(registrar.rawValue), .text(tenant.rawValue)]
            let generation = try StoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    """
                    INSERT INTO feed(registrar, tenant, cursor, generation, pulled_at)
                    VALUES (?1, ?2, ?3, 1, iif(?4, NULL, ?5))
                    ON CONFLICT(registrar, tenant) DO UPDATE SET cursor = ?3,
                        pulled_at = iif(?4, pulled_at, ?5)
                    RETURNING generation
                    """,
                    owner + [
                        .text(changes.nextCursor), .integer(changes.more ? 1 : 0),
                        .integer(changes.serverTime.milliseconds),
                    ]
                ).first?.integer("generation") ?? 1
            }
            let writer = FeedWriter(
                connection: connection, registrar: registrar, tenant: tenant, generation: generation)
            if let catalogue = changes.catalogue { try writer.replace(catalogue) }
            for record in changes.devices { try writer.upsert(record) }
            try StoreError.wrapping { () throws(SQLiteError) in
                for deviceID in changes.removedDevices { try writer.remove(deviceID) }
                if !changes.more { try writer.removeUnconfirmed() }
            }
        }
    }

    /// Has the feed start anew after `cannot_calculate_changes`. What is known stays until the new feed
    /// has reached its end; then what it did not bring again goes.
    package func resetCatalogue(_ registrar: RegistrarID, _ tenant: TenantID) throws(StoreError) {
        try change { connection throws(StoreError) in
            try StoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    """
                    UPDATE feed SET cursor = NULL, generation = generation + 1
                    WHERE registrar = ? AND tenant = ?
                    """, .text(registrar.rawValue), .text(tenant.rawValue))
            }
        }
    }

    /// The tenants whose catalogue of a registrar is here.
    package func tenants(_ registrar: RegistrarID) throws(StoreError) -> [Tenant] {
        try rows(
            """
            SELECT tenant, tenant_name FROM feed
            WHERE registrar = ? AND tenant_name IS NOT NULL ORDER BY tenant
            """,
            [.text(registrar.rawValue)]
        ) { row throws(SQLiteError) in
            Tenant(
                tenantID: try row.value("tenant", TenantID.init(rawValue:)), name: try row.text("tenant_name")
            )
        }
    }

    /// The sites of a tenant, or of all tenants.
    package func sites(
        _ registrar: RegistrarID, tenant: TenantID? = nil
    ) throws(StoreError) -> [Site] {
        try rows(
            """
            SELECT tenant, site, name FROM site WHERE registrar = ?1 AND (?2 IS NULL OR tenant = ?2)
            ORDER BY tenant, site
            """, [.text(registrar.rawValue), .optional(tenant?.rawValue)]
        ) { row throws(SQLiteError) in
            Site(
                siteID: try row.value("site", SiteID.init(rawValue:)),
                tenant: try row.value("tenant", TenantID.init(rawValue:)), name: try row.text("name"))
        }
    }

    /// The products of a registrar, each once.
    package func products(_ registrar: RegistrarID) throws(StoreError) -> [Product] {
        try rows(
            """
            SELECT product, max(content) AS content FROM product
            WHERE registrar = ? GROUP BY product ORDER BY product
            """,
            [.text(registrar.rawValue)]
        ) { row throws(SQLiteError) in try row.json("content", Product.self) }
    }

    private func feed(
        _ registrar: RegistrarID, _ tenant: TenantID
    ) throws(StoreError) -> (cursor: String?, pulledAt: Timestamp?)? {
        try read { connection throws(SQLiteError) in
            let rows = try connection.run(
                "SELECT cursor, pulled_at FROM feed WHERE registrar = ? AND tenant = ?",
                .text(registrar.rawValue), .text(tenant.rawValue))
            guard let row = rows.first else { return nil }
            return (try row.optionalText("cursor"), try row.optionalTimestamp("pulled_at"))
        }
    }
}
