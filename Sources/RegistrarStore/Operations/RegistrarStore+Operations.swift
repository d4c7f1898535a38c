package import Model
package import RegistrarCore
import SQLite

extension RegistrarStore {
    /// Decides operations in their order and commits all of it at once: effects, receipts, refusals, audit and feed.
    ///
    /// An operation that took effect before is answered with the receipt of then. Returning means that the answers are on the
    /// disk; an error means that nothing of the batch took effect, or that asking again tells.
    package func decideOperations(
        _ batch: [ArrivedOperation], by caller: Operator, at now: Timestamp,
        under policy: SigningPolicy = SigningPolicy(), with workshop: Workshop
    ) throws(RegistrarStoreError) -> [OperationAnswer] {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            var answers: [OperationAnswer] = []
            for arrived in batch {
                var clerk = OperationClerk(
                    transaction: transaction, registrar: registrar, arrived: arrived, caller: caller,
                    policy: policy, workshop: workshop, digest: digest)
                answers.append(try clerk.answer())
                transaction = clerk.transaction
            }
            return answers
        }
    }

    /// What became of an operation; `nil` when it was never seen, or is none of the caller's business.
    package func operation(
        _ id: OperationID, seenBy caller: Operator, at now: Timestamp
    ) throws(RegistrarStoreError) -> OperationAnswer? {
        try read { reader throws(SQLiteError) in
            guard let seen = try SeenOperation.find(id, reader),
                caller.seesOperation(of: seen.operatorID, tenant: seen.tenant, at: now)
            else { return nil }
            return seen.answer
        }
    }
}

/// An operation that the registrar has answered before.
struct SeenOperation {
    var payloadHash: PayloadHash
    var operatorID: OperatorID
    var tenant: TenantID
    var answer: OperationAnswer

    static func find(_ id: OperationID, _ reader: RegistrarReader) throws(SQLiteError) -> SeenOperation? {
        try reader.list(
            "SELECT payload_hash, operator_id, tenant, problem, receipt FROM operation WHERE operation_id = ?",
            [.text(id.rawValue)]
        ) { row throws(SQLiteError) in
            let answer: OperationAnswer =
                if let receipt = try row.optionalText("receipt") { .receipt(receipt) } else {
                    .problem(try row.json("problem"))
                }
            return SeenOperation(
                payloadHash: try row.value("payload_hash", PayloadHash.init(rawValue:)),
                operatorID: try row.value("operator_id", OperatorID.init(rawValue:)),
                tenant: try row.value("tenant", TenantID.init(rawValue:)), answer: answer)
        }.first
    }
}
