package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    /// The revocation list in DER: the last one that was signed, or a new one when something was revoked since or a day has
    /// passed. So asking often costs no signature.
    package func revocationList(
        at now: Timestamp, sign: (RevocationListDraft) throws(WorkshopError) -> [UInt8]
    ) throws(RegistrarStoreError) -> [UInt8] {
        if let kept = try read({ reader throws(SQLiteError) in try Self.keptList(reader, now) }) {
            return kept
        }
        return try change(at: now) { transaction throws(RegistrarStoreError) in
            let draft: RevocationListDraft
            do throws(SQLiteError) { draft = try Self.draft(transaction) } catch { throw .database(error) }
            let der: [UInt8]
            do throws(WorkshopError) { der = try sign(draft) } catch { throw .workshop(error.explanation) }
            do throws(SQLiteError) { try Self.keep(der, draft, transaction) } catch { throw .database(error) }
            return der
        }
    }

    private static func keptList(_ reader: RegistrarReader, _ now: Timestamp) throws(SQLiteError) -> [UInt8]?
    {
        try reader.list(
            """
            SELECT der FROM revocation_list
            WHERE made_at BETWEEN ? AND ? AND revocations = (SELECT count(*) FROM revocation)
            """,
            [
                .timestamp(now.advanced(bySeconds: -RegistrarLimits.revocationListAgeSeconds)),
                .timestamp(now),
            ]
        ) { row throws(SQLiteError) in try row.blob("der") }.first
    }

    /// Everything revoked whose certificate has not ended: what has ended is trusted by nobody anyway.
    private static func draft(_ transaction: RegistrarTransaction) throws(SQLiteError) -> RevocationListDraft
    {
        let reader = transaction.reader
        let last = try reader.list("SELECT number FROM revocation_list", []) { row throws(SQLiteError) in
            try row.integer("number")
        }.first
        let revoked = try reader.list(
            """
            SELECT serial_number, reason, at, summary FROM revocation JOIN certificate USING (serial_number)
            WHERE issuer IS NULL ORDER BY serial_number
            """, []
        ) { row throws(SQLiteError) in
            let summary: CertificateSummary = try row.json("summary")
            return (
                summary.notAfter,
                RevokedCertificate(
                    serialNumber: try row.text("serial_number"),
                    reason: try row.value("reason", RevocationReason.init(rawValue:)),
                    at: try row.timestamp("at"))
            )
        }
        return RevocationListDraft(
            number: (last ?? 0) + 1, thisUpdate: transaction.now,
            nextUpdate: transaction.now.advanced(bySeconds: RegistrarLimits.revocationListSeconds),
            revoked: revoked.filter { $0.0 >= transaction.now }.map { $0.1 })
    }

    private static func keep(
        _ der: [UInt8], _ draft: RevocationListDraft, _ transaction: RegistrarTransaction
    ) throws(SQLiteError) {
        try transaction.connection.run(
            """
            INSERT OR REPLACE INTO revocation_list(id, number, made_at, revocations, der)
            VALUES (1, ?, ?, (SELECT count(*) FROM revocation), ?)
            """, .integer(draft.number), .timestamp(draft.thisUpdate), .blob(der))
    }
}
