package import Model
import SQLite

/// The rules of placement as a registrar's catalogue had them.
package struct KeptPlacement: Equatable, Sendable {
    /// A `PlacementView`.
    package var view: JSONValue
    /// When the tenant's changes were last pulled to their end, by the registrar's clock.
    package var asOf: Timestamp?
}

extension Store {
    /// By which rules a registrar places the devices of a tenant; `nil` where it has not said so here.
    package func placement(
        _ registrar: RegistrarID, tenant: TenantID
    ) throws(StoreError) -> KeptPlacement? {
        try rows(
            """
            SELECT placement, pulled_at FROM feed
            WHERE registrar = ? AND tenant = ? AND placement IS NOT NULL
            """, [.text(registrar.rawValue), .text(tenant.rawValue)]
        ) { row throws(SQLiteError) in
            KeptPlacement(
                view: try row.json("placement", JSONValue.self), asOf: try row.optionalTimestamp("pulled_at"))
        }.first
    }
}

extension FeedWriter {
    func replacePlacement(_ view: JSONValue?) throws(StoreError) {
        let content: SQLiteValue = if let view { try .stored(view) } else { .null }
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                "UPDATE feed SET placement = ?3 WHERE registrar = ?1 AND tenant = ?2",
                .text(registrar.rawValue), .text(tenant.rawValue), content)
        }
    }
}
