package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    /// The status of each certificate, by its serial number in hex digits; `unknown` for one that was never issued.
    package func certificateStatuses(
        _ serialNumbers: Set<String>
    ) throws(RegistrarStoreError) -> [String: CertificateStatus] {
        try read { reader throws(SQLiteError) in
            var found: [String: CertificateStatus] = [:]
            for number in serialNumbers { found[number] = try Self.status(of: number, reader) }
            return found
        }
    }

    private static func status(
        of number: String, _ reader: RegistrarReader
    ) throws(SQLiteError) -> CertificateStatus {
        try reader.list(
            """
            SELECT reason, at FROM certificate LEFT JOIN revocation USING (serial_number)
            WHERE serial_number = ? AND issuer IS NULL
            """, [.text(number)]
        ) { row throws(SQLiteError) -> CertificateStatus in
            guard let reason = try row.optionalValue("reason", RevocationReason.init(rawValue:)) else {
                return .good
            }
            return .revoked(reasonCode: reason.code, at: try row.timestamp("at"))
        }.first ?? .unknown
    }

    /// How many certificates were issued to devices, and how many of them were revoked.
    package func certificateCounts() throws(RegistrarStoreError) -> (issued: Int, revoked: Int) {
        try read { reader throws(SQLiteError) in
            let counts = try reader.list(
                """
                SELECT (SELECT count(*) FROM certificate) AS issued,
                    (SELECT count(*) FROM revocation) AS revoked
                """, []
            ) { row throws(SQLiteError) in (try row.integer("issued"), try row.integer("revoked")) }
            return counts.first ?? (0, 0)
        }
    }
}
