package import Model
package import RegistrarCore
import SQLite

extension RegistrarStore {
    /// Everything in the lobby, by fingerprint, each entry in JSON.
    package func lobby() throws(RegistrarStoreError) -> [(fingerprint: PayloadHash, entry: String)] {
        try read { reader throws(SQLiteError) in
            try reader.list("SELECT * FROM lobby ORDER BY fingerprint") { row throws(SQLiteError) in
                (try row.value("fingerprint", PayloadHash.init(rawValue:)), try row.text("entry"))
            }
        }
    }

    package func lobbyEntry(_ fingerprint: PayloadHash) throws(RegistrarStoreError) -> String? {
        try read { reader throws(SQLiteError) in try reader.lobbyEntry(fingerprint) }
    }

    /// Keeps an entry of the lobby, unless it is another by now than `old`.
    ///
    /// - Returns: whether it was kept.
    package func keepLobbyEntry(
        _ fingerprint: PayloadHash, _ new: String, replacing old: String?, noting action: String,
        _ detail: [String: String], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                guard try transaction.reader.lobbyEntry(fingerprint) == old else { return false }
                guard new != old else { return true }
                try transaction.connection.run(
                    "INSERT OR REPLACE INTO lobby(fingerprint, entry, changed_at) VALUES (?, ?, ?)",
                    .text(fingerprint.rawValue), .text(new), .timestamp(now))
                try transaction.note(
                    "fleet_lobby_" + action, by: actor, to: fingerprint.rawValue, detail)
                return true
            }
        }
    }

    /// Keeps the certificate that a device brings, in the place of another.
    package func keepBroughtCertificate(
        _ certificate: BroughtCertificate, of device: DeviceID, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    INSERT OR REPLACE INTO brought_certificate(device_id, target, certificate) VALUES (?, ?, ?)
                    """, .text(device.rawValue), .optional(certificate.target?.rawValue),
                    try .json(certificate))
            }
        }
    }
}

extension RegistrarReader {
    fileprivate func lobbyEntry(_ fingerprint: PayloadHash) throws(SQLiteError) -> String? {
        try list("SELECT entry FROM lobby WHERE fingerprint = ?", [.text(fingerprint.rawValue)]) {
            row throws(SQLiteError) in try row.text("entry")
        }.first
    }

    /// What the device brings to a target; `nil` when that is nothing.
    func broughtCertificate(
        of device: DeviceID, to target: TargetID
    ) throws(SQLiteError) -> BroughtCertificate? {
        try list(
            """
            SELECT certificate FROM brought_certificate WHERE device_id = ? AND (target IS NULL OR target = ?)
            """, [.text(device.rawValue), .text(target.rawValue)]
        ) { row throws(SQLiteError) in try row.json("certificate", BroughtCertificate.self) }.first
    }
}

/// Forgets certificates that devices have brought.
struct BroughtCertificates {
    let transaction: RegistrarTransaction

    /// The device is nobody's any more, or has another certificate.
    func forget(of device: DeviceID) throws(SQLiteError) {
        try transaction.connection.run(
            "DELETE FROM brought_certificate WHERE device_id = ?", .text(device.rawValue))
    }

    /// It has come to where it was handed over to. A maker's certificate stays the device's.
    func forgetHandedOver(of device: DeviceID) throws(SQLiteError) {
        try transaction.connection.run(
            "DELETE FROM brought_certificate WHERE device_id = ? AND target IS NOT NULL",
            .text(device.rawValue))
    }
}
