package import Model
import SQLite

/// A device as this store knows it: from labels captured here, from receipts, and from the registrar's
/// feed.
package struct StoredDevice: Codable, Equatable, Sendable {
    package var lane: DeviceIdentifier
    /// Every identifier that finds it.
    package var identifiers: [DeviceIdentifier]
    package var identity: DeviceIdentity
    package var tenant: TenantID?
    package var site: SiteID?
    package var position: String?
    /// The registrar that told of it; `nil` while it is known from a label alone.
    package var registrar: RegistrarID?
    package var deviceID: DeviceID?
    package var version: Int?
    package var state: DeviceRecord.State?
    /// PEM, the device certificate first, when this store received it.
    package var certificateChain: String?
    package var certificate: CertificateSummary?
    /// Where it is provisioned; `nil` while that is nowhere but with the registrar's own authority.
    package var target: DeviceTarget?
    package var updatedAt: Timestamp
    /// How many of its operations wait for an outcome or a person.
    package var openOperations: Int
}

extension StoredDevice {
    static let columns = """
        device.lane, identity, tenant, site, position, registrar, device_id, version, state,
        certificate_chain, certificate, updated_at,
        (SELECT target FROM device_target AS place WHERE place.lane = device.lane) AS target,
        (SELECT group_concat(identifier, char(10)) FROM device_identifier AS known
            WHERE known.lane = device.lane) AS identifiers,
        (SELECT count(*) FROM operation WHERE operation.lane = device.lane
            AND operation.\(StoreSchema.openStates)) AS open_operations
        """

    init(_ row: SQLiteRow) throws(SQLiteError) {
        lane = try row.value("lane", DeviceIdentifier.init(rawValue:))
        identifiers = (try row.optionalText("identifiers") ?? "").split(separator: "\n")
            .compactMap { DeviceIdentifier(rawValue: String($0)) }.sorted()
        identity = try row.json("identity", DeviceIdentity.self)
        tenant = try row.optionalValue("tenant", TenantID.init(rawValue:))
        site = try row.optionalValue("site", SiteID.init(rawValue:))
        position = try row.optionalText("position")
        registrar = try row.optionalValue("registrar", RegistrarID.init(rawValue:))
        deviceID = try row.optionalValue("device_id", DeviceID.init(rawValue:))
        version = try row.optionalInteger("version")
        state = try row.optionalValue("state", DeviceRecord.State.init(rawValue:))
        certificateChain = try row.optionalText("certificate_chain")
        certificate = try row.optionalJSON("certificate", CertificateSummary.self)
        target = try row.optionalJSON("target", DeviceTarget.self)
        updatedAt = try row.timestamp("updated_at")
        openOperations = try row.integer("open_operations")
    }
}
