import Model
import RegistrarCore
import SQLite

/// Reads records inside a transaction.
struct RegistrarReader {
    let connection: SQLiteConnection

    func list<Value>(
        _ sql: String, _ values: [SQLiteValue] = [], _ parse: (SQLiteRow) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        var found: [Value] = []
        for row in try connection.run(sql, values) { found.append(try parse(row)) }
        return found
    }

    func tenants() throws(SQLiteError) -> [Tenant] {
        try list("SELECT tenant_id, name FROM tenant ORDER BY tenant_id", [], Self.tenant)
    }

    func tenant(_ id: TenantID) throws(SQLiteError) -> Tenant? {
        try list("SELECT tenant_id, name FROM tenant WHERE tenant_id = ?", [.text(id.rawValue)], Self.tenant)
            .first
    }

    private static func tenant(_ row: SQLiteRow) throws(SQLiteError) -> Tenant {
        Tenant(tenantID: try row.value("tenant_id", TenantID.init(rawValue:)), name: try row.text("name"))
    }

    /// The sites of a tenant; of all tenants when none is named.
    func sites(of tenant: TenantID?) throws(SQLiteError) -> [Site] {
        try list(
            "SELECT tenant, site_id, name FROM site WHERE ?1 IS NULL OR tenant = ?1 ORDER BY tenant, site_id",
            [.optional(tenant?.rawValue)]
        ) { row throws(SQLiteError) in
            Site(
                siteID: try row.value("site_id", SiteID.init(rawValue:)),
                tenant: try row.value("tenant", TenantID.init(rawValue:)), name: try row.text("name"))
        }
    }

    func products() throws(SQLiteError) -> [Product] {
        try list("SELECT content FROM product ORDER BY product_id") { row throws(SQLiteError) in
            try row.json("content", Product.self)
        }
    }

    func operators() throws(SQLiteError) -> [Operator] {
        try list("SELECT content FROM operator ORDER BY operator_id") { row throws(SQLiteError) in
            try row.json("content", Operator.self)
        }
    }

    func person(_ id: OperatorID) throws(SQLiteError) -> Operator? {
        try list("SELECT content FROM operator WHERE operator_id = ?", [.text(id.rawValue)]) {
            row throws(SQLiteError) in try row.json("content", Operator.self)
        }.first
    }

    func operatorKey(_ id: OperatorKeyID) throws(SQLiteError) -> OperatorKey? {
        try keys("key_id = ?", id.rawValue).first
    }

    /// Every key that the operator ever signed with, the oldest first.
    func operatorKeys(of id: OperatorID) throws(SQLiteError) -> [OperatorKey] {
        try keys("operator_id = ?", id.rawValue)
    }

    private func keys(_ condition: String, _ value: String) throws(SQLiteError) -> [OperatorKey] {
        try list("SELECT * FROM operator_key WHERE \(condition) ORDER BY valid_from, key_id", [.text(value)])
        {
            row throws(SQLiteError) in
            OperatorKey(
                keyID: try row.value("key_id", OperatorKeyID.init(rawValue:)),
                operatorID: try row.value("operator_id", OperatorID.init(rawValue:)),
                publicKey: try row.text("public_key"), from: try row.timestamp("valid_from"),
                until: try row.optionalTimestamp("valid_until"),
                revoked: try row.integer("revoked") == 1)
        }
    }

    func device(_ id: DeviceID) throws(SQLiteError) -> KnownDevice? {
        try list(
            "SELECT record, registered, restricted_to FROM device WHERE device_id = ?", [.text(id.rawValue)]
        ) { row throws(SQLiteError) in
            KnownDevice(
                record: try row.json("record"), registered: try row.json("registered"),
                restrictedTo: try row.optionalValue("restricted_to", TenantID.init(rawValue:)))
        }.first
    }

    func device(with identifier: DeviceIdentifier) throws(SQLiteError) -> DeviceID? {
        try list(
            "SELECT device_id FROM identifier WHERE identifier = ?", [.text(identifier.rawValue)],
            Self.deviceID
        ).first
    }

    /// Every device with the serial, whatever its product.
    func devices(serial: String) throws(SQLiteError) -> [DeviceID] {
        try list(
            "SELECT device_id FROM identifier WHERE serial = ? ORDER BY identifier", [.text(serial)],
            Self.deviceID)
    }

    static func deviceID(_ row: SQLiteRow) throws(SQLiteError) -> DeviceID {
        try row.value("device_id", DeviceID.init(rawValue:))
    }
}
