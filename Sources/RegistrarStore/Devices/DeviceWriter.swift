import Model
import RegistrarCore
import SQLite

/// Writes devices with everything that must stay in step with them: identifiers, keys and the delta feed.
struct DeviceWriter {
    var transaction: RegistrarTransaction

    private var connection: SQLiteConnection { transaction.connection }

    /// Writes a device as it is now. `registers` is given for a new one; `leaves` is the tenant that loses sight of it.
    mutating func write(
        _ device: DeviceRecord, registers: DeviceIdentity?, leaves: TenantID?,
        restrictedTo: TenantID? = nil, claimCode: ClaimCodeVerifier? = nil
    ) throws(SQLiteError) {
        let id = SQLiteValue.text(device.deviceID.rawValue)
        if let registers {
            try connection.run(
                """
                INSERT INTO device(device_id, tenant, record, registered, restricted_to, claim_salt, claim_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, id, .optional(device.tenant?.rawValue), try .json(device), try .json(registers),
                .optional(restrictedTo?.rawValue), claimCode.map { .blob($0.salt) } ?? .null,
                claimCode.map { .blob($0.hash) } ?? .null)
        } else {
            try connection.run(
                "UPDATE device SET tenant = ?, record = ? WHERE device_id = ?",
                .optional(device.tenant?.rawValue), try .json(device), id)
        }
        try writeIdentifiers(of: device, id)
        if let leaves { try announce(device.deviceID, to: leaves, removed: true) }
        if let tenant = device.tenant { try announce(device.deviceID, to: tenant, removed: false) }
    }

    private func writeIdentifiers(of device: DeviceRecord, _ id: SQLiteValue) throws(SQLiteError) {
        let known = try connection.run("SELECT identifier FROM identifier WHERE device_id = ?", id)
        let wanted = Set(device.identifiers.map(\.rawValue))
        var present: Set<String> = []
        for row in known { present.insert(try row.text("identifier")) }
        for gone in present.subtracting(wanted) {
            try connection.run("DELETE FROM identifier WHERE identifier = ?", .text(gone))
        }
        for identifier in device.identifiers where !present.contains(identifier.rawValue) {
            try connection.run(
                "INSERT INTO identifier(identifier, device_id, serial, folded) VALUES (?, ?, ?, ?)",
                .text(identifier.rawValue), id, identifier.kind == .serial ? .text(identifier.value) : .null,
                .text(SearchText.fold(identifier.value)))
        }
    }

    private mutating func announce(
        _ device: DeviceID, to tenant: TenantID, removed: Bool
    ) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO change(tenant, device_id, sequence, removed, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (tenant, device_id) DO UPDATE
                SET sequence = excluded.sequence, removed = excluded.removed, at = excluded.at
            """, .text(tenant.rawValue), .text(device.rawValue), .integer(transaction.nextChange()),
            .integer(removed ? 1 : 0), .timestamp(transaction.now))
    }

    func write(
        _ issued: IssuedCertificate, of device: DeviceID, for operation: OperationID
    ) throws(SQLiteError) {
        try connection.run(
            "INSERT INTO device_key(public_key_hash, device_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            .text(issued.summary.publicKeyHash.rawValue), .text(device.rawValue))
        try connection.run(
            """
            INSERT INTO certificate(serial_number, device_id, operation_id, summary, chain, issued_at, issuer)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, .text(issued.summary.serialNumber), .text(device.rawValue), .text(operation.rawValue),
            try .json(issued.summary), .text(issued.chain), .timestamp(transaction.now),
            .optional(issued.issuer))
    }

    /// Lists a certificate that was issued for an operation and that nobody ever got: it is trusted no longer.
    mutating func writeUndelivered(
        _ issued: IssuedCertificate, of device: DeviceID, for operation: OperationID
    ) throws(SQLiteError) {
        try write(issued, of: device, for: operation)
        try connection.run(
            "INSERT INTO revocation(serial_number, operation_id, reason, at) VALUES (?, ?, ?, ?)",
            .text(issued.summary.serialNumber), .text(operation.rawValue),
            .text(RevocationReason.cessationOfOperation.rawValue), .timestamp(transaction.now))
        try transaction.note(
            "certificate_undelivered", by: nil, to: operation.rawValue,
            ["device": device.rawValue, "serialNumber": issued.summary.serialNumber])
    }

    /// Ends the certificates that came before the device's present one, for an operation, else for the one that brought the
    /// present certificate.
    ///
    /// - Returns: those that were good until now.
    func revokeOlder(
        than present: CertificateSummary, of device: DeviceID, for operation: OperationID?
    ) throws(SQLiteError) -> [CertificateSummary] {
        let older = try connection.run(
            """
            SELECT summary FROM certificate WHERE device_id = ? AND serial_number <> ?
                AND serial_number NOT IN (SELECT serial_number FROM revocation)
            ORDER BY issued_at, operation_id
            """, .text(device.rawValue), .text(present.serialNumber)
        ).map { row throws(SQLiteError) -> CertificateSummary in try row.json("summary") }
        for certificate in older {
            try connection.run(
                """
                INSERT INTO revocation(serial_number, operation_id, reason, at) VALUES (?1, coalesce(
                    ?2, (SELECT operation_id FROM certificate WHERE serial_number = ?3), ?4), ?5, ?6)
                """, .text(certificate.serialNumber), .optional(operation?.rawValue),
                .text(present.serialNumber), .text(device.rawValue),
                .text(RevocationReason.superseded.rawValue), .timestamp(transaction.now))
        }
        return older
    }

    /// Puts the device's certificates on the list of those that are trusted no longer.
    func revoke(
        _ device: DeviceID, _ reason: RevocationReason, for operation: OperationID
    ) throws(SQLiteError) {
        try connection.run(
            """
            INSERT INTO revocation(serial_number, operation_id, reason, at)
            SELECT serial_number, ?, ?, ? FROM certificate WHERE device_id = ?
            ON CONFLICT DO NOTHING
            """, .text(operation.rawValue), .text(reason.rawValue), .timestamp(transaction.now),
            .text(device.rawValue))
    }
}
