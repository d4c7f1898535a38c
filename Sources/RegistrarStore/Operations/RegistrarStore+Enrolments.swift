package import Model
import RegistrarCore
import SQLite

/// A certificate that is to be had from an issuer outside, for one operation.
package struct Enrolment: Equatable, Sendable {
    package var operationID: OperationID
    /// The certificate request, DER.
    package var request: [UInt8]
    /// Whether it renews a certificate of the same name.
    package var renews: Bool
}

/// What one try of an enrolment came to.
package enum EnrolmentOutcome: Equatable, Sendable {
    case issued(IssuedCertificate)
    /// The same is to be asked again.
    case later(seconds: Int, reason: String)
    /// The issuer, or what judges its answers, says no.
    case refused(reason: String)
    /// It was sent and no answer came: the issuer may have issued.
    case lost(reason: String)
}

extension RegistrarStore {
    /// Seconds before an enrolment whose answer is not known is asked again, with the same bytes.
    static let lostSeconds: Int64 = 60

    /// Marks the enrolment of an operation as sent, before it is. `nil` when there is none or its time has not come. So a
    /// crash, or a second process, does not ask again at once, and the audit chain says when it is asked again blindly.
    package func takeEnrolment(
        _ id: OperationID, at now: Timestamp
    ) throws(RegistrarStoreError) -> Enrolment? {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                let found = try transaction.reader.list(
                    """
                    SELECT request, renews, state FROM enrolment
                    WHERE operation_id = ? AND state IN ('due', 'sent') AND not_before <= ?
                    """, [.text(id.rawValue), .timestamp(now)]
                ) { row throws(SQLiteError) in
                    (
                        Enrolment(
                            operationID: id, request: try row.blob("request"),
                            renews: try row.integer("renews") == 1), try row.text("state")
                    )
                }.first
                guard let (enrolment, state) = found else { return nil }
                try transaction.connection.run(
                    """
                    UPDATE enrolment SET state = 'sent', attempts = attempts + 1, not_before = ?
                    WHERE operation_id = ?
                    """, .timestamp(now.advanced(bySeconds: Self.lostSeconds)), .text(id.rawValue))
                let action = state == "sent" ? "enrolment_repeated" : "enrolment_sent"
                try transaction.note(action, by: nil, to: id.rawValue)
                return enrolment
            }
        }
    }

    /// Keeps what a try came to.
    package func finish(
        _ enrolment: Enrolment, _ outcome: EnrolmentOutcome, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                let id = SQLiteValue.text(enrolment.operationID.rawValue)
                let update =
                    "UPDATE enrolment SET state = ?, not_before = ?, issued = ?, reason = ? "
                    + "WHERE operation_id = ? AND state = 'sent'"
                switch outcome {
                case .issued(let issued):
                    try transaction.connection.run(
                        update, .text("issued"), .timestamp(now), try .json(issued), .null, id)
                    try transaction.note(
                        "enrolment_issued", by: nil, to: enrolment.operationID.rawValue,
                        ["serialNumber": issued.summary.serialNumber, "issuer": issued.issuer ?? ""])
                case .later(let seconds, let reason):
                    try transaction.connection.run(
                        update, .text("due"), .timestamp(now.advanced(bySeconds: Int64(seconds))), .null,
                        .text(reason), id)
                case .refused(let reason):
                    try transaction.connection.run(
                        update, .text("refused"), .timestamp(now), .null, .text(reason), id)
                    try transaction.note(
                        "enrolment_refused", by: nil, to: enrolment.operationID.rawValue)
                case .lost(let reason):
                    try transaction.connection.run(
                        update, .text("sent"), .timestamp(now.advanced(bySeconds: Self.lostSeconds)), .null,
                        .text(reason), id)
                }
            }
        }
    }
}
