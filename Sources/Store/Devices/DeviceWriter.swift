import Model
import SQLite

/// Writes what is learnt of devices, within somebody's transaction.
struct DeviceWriter {
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    /// A label was captured, or an operation made: the device is known here from now on.
    ///
    /// What a registrar has said of tenant and site stays until a receipt changes it.
    func noteCapture(_ intent: Intent, at now: Timestamp) throws(StoreError) {
        let identity = try SQLiteValue.stored(intent.identity ?? DeviceIdentity(fields: [:]))
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                INSERT INTO device(lane, identity, tenant, site, updated_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT(lane) DO UPDATE SET identity = json_patch(identity, excluded.identity),
                    tenant = iif(device_id IS NULL, excluded.tenant, tenant),
                    site = iif(device_id IS NULL, coalesce(excluded.site, site), site),
                    updated_at = excluded.updated_at
                """,
                .text(intent.lane.rawValue), identity, .text(intent.tenant.rawValue),
                .optional(intent.site?.rawValue), .integer(now.milliseconds))
            let others = (intent.identity?.identifiers ?? []).filter { $0 != intent.lane }
            try link([intent.lane] + others, to: intent.lane)
        }
    }

    /// Makes identifiers find a device; one that finds another already stays with that.
    func link(_ identifiers: [DeviceIdentifier], to lane: DeviceIdentifier) throws(SQLiteError) {
        for identifier in identifiers {
            try connection.run(
                """
                INSERT INTO device_identifier(identifier, lane, search) VALUES (?, ?, ?)
                ON CONFLICT(identifier) DO NOTHING
                """,
                .text(identifier.rawValue), .text(lane.rawValue), .text(SearchText.fold(identifier.value)))
        }
    }

    /// The device that one of the identifiers finds, asked in their order.
    func lane(for identifiers: [DeviceIdentifier]) throws(SQLiteError) -> DeviceIdentifier? {
        for identifier in identifiers {
            let rows = try connection.run(
                "SELECT lane FROM device_identifier WHERE identifier = ?", .text(identifier.rawValue))
            if let row = rows.first { return try row.value("lane", DeviceIdentifier.init(rawValue:)) }
        }
        return nil
    }

    /// A verified receipt: the device is now as it says. A newer version that the feed has brought
    /// already stays.
    func noteReceipt(
        _ receipt: Receipt, of operation: OutboxTransaction.Current, placement: OperationBody.Place?,
        at now: Timestamp
    ) throws(StoreError) {
        let effect = ReceiptEffect(receipt, of: operation, placement: placement)
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                UPDATE device SET registrar = ?1, device_id = ?2, version = ?3, updated_at = ?4,
                    tenant = iif(?5, NULL, coalesce(?6, tenant)), site = iif(?5, NULL, coalesce(?7, site)),
                    position = iif(?5, NULL, coalesce(?8, position)),
                    state = iif(?5, NULL, iif(NOT ?12 AND ?9 = 'claimed' AND state = 'provisioned', state,
                        coalesce(?9, state))),
                    certificate_chain = iif(?5 OR ?12, NULL, coalesce(?10, certificate_chain)),
                    certificate = iif(?5 OR ?12 OR ?10 IS NOT NULL, NULL, certificate)
                WHERE lane = ?11 AND (version IS NULL OR version <= ?3 OR registrar IS NOT ?1)
                """,
                .text(receipt.registrar.rawValue), .text(receipt.deviceID.rawValue),
                .integer(receipt.deviceVersion), .integer(now.milliseconds),
                .integer(effect.isReleased ? 1 : 0), .optional(effect.tenant?.rawValue),
                .optional(effect.site?.rawValue), .optional(effect.position),
                .optional(effect.state?.rawValue), .optional(receipt.certificateChain),
                .text(operation.lane.rawValue), .integer(effect.isRevoked ? 1 : 0))
        }
        try DeviceTargetWriter(connection).note(receipt, in: operation.lane)
    }
}

/// What a receipt changes of a device; `nil` leaves as it is.
struct ReceiptEffect: Equatable {
    var tenant: TenantID?
    var site: SiteID?
    var position: String?
    var state: DeviceRecord.State?
    var isReleased = false
    /// Whether the certificates of the device are trusted no longer.
    var isRevoked = false

    init(
        _ receipt: Receipt, of operation: OutboxTransaction.Current, placement: OperationBody.Place?
    ) {
        switch receipt.outcome {
        case .claimed, .alreadyClaimed:
            tenant = operation.tenant
            site = operation.site
            state = .claimed
        case .placed:
            site = placement?.site ?? operation.site
            position = placement?.position
        case .provisioned, .reprovisioned: state = .provisioned
        case .released: isReleased = true
        case .revoked:
            state = .claimed
            isRevoked = true
        case .noted, .verified, .verificationFailed: break
        }
    }
}
