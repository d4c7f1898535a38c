import Model
import RegistrarCore
import SQLite

extension OperationClerk {
    /// Where the certificate of an effect stands, when an issuer outside makes it.
    enum Enrolling {
        /// Nothing has to be had from outside.
        case notNeeded
        case issued(IssuedCertificate)
        case refused(reason: String)
        /// It is being had; what the operation is answered until then.
        case pending(Problem)
    }

    /// Looks up the enrolment of the operation, and opens one when there is none.
    func enrolling(_ effect: Effect, before: DeviceRecord?) throws(SQLiteError) -> Enrolling {
        guard let issuer = workshop.externalIssuer else { return .notNeeded }
        for case .issueCertificate(let order) in effect.instructions {
            let id = SQLiteValue.text(operationID.rawValue)
            let row = try transaction.connection.run("SELECT * FROM enrolment WHERE operation_id = ?", id)
                .first
            guard let row else {
                // A renewal keeps the name; RFC 7030, section 4.2.2.
                let renews = before?.certificate?.subject == order.commonName
                try transaction.connection.run(
                    """
                    INSERT INTO enrolment(operation_id, issuer, request, renews, state, attempts, not_before)
                    VALUES (?, ?, ?, ?, 'due', 0, ?)
                    """, id, .text(issuer), .blob(order.request), .integer(renews ? 1 : 0),
                    .timestamp(transaction.now))
                return .pending(pending(until: transaction.now, nil, issuer))
            }
            switch try row.text("state") {
            case "issued": return .issued(try row.json("issued"))
            case "refused": return .refused(reason: try row.optionalText("reason") ?? "no reason was given")
            default:
                return .pending(
                    pending(
                        until: try row.timestamp("not_before"), try row.optionalText("reason"), issuer))
            }
        }
        return .notNeeded
    }

    private func pending(until time: Timestamp, _ reason: String?, _ issuer: String) -> Problem {
        let seconds = (time.milliseconds - transaction.now.milliseconds + 999) / 1000
        return Problem(
            .inProgress,
            detail: "The certificate is being issued by \(issuer)." + (reason.map { " " + $0 } ?? ""),
            retryAfterSeconds: max(1, Int(seconds)))
    }
}
