import Model
import RegistrarCore
import SQLite

/// Takes one operation through the registrar inside a transaction: seen before, decided, carried out, written down.
struct OperationClerk {
    var transaction: RegistrarTransaction
    let registrar: RegistrarID
    let arrived: ArrivedOperation
    /// Who sends.
    let caller: Operator
    let policy: SigningPolicy
    let workshop: Workshop
    let digest: DigestFunction

    private var operation: Operation { arrived.frozen.operation }
    var operationID: OperationID { operation.operationID }
    /// What a symmetric key that comes of the operation is to be sealed to.
    var sealTo: String? {
        guard case .provision(let provision) = operation.body,
            case .symmetricKey(let wish) = provision.attestation
        else { return nil }
        return wish.sealTo
    }

    mutating func answer() throws(RegistrarStoreError) -> OperationAnswer {
        let finding: SignatureFinding
        let named: Operator?
        do throws(SQLiteError) {
            finding = try signatureFinding()
            named = try transaction.reader.person(operation.operatorID)
        } catch { throw .database(error) }
        let standing = actor(
            of: operation, finding: finding, named: named, carriedBy: caller, under: policy,
            at: transaction.now)
        switch standing {
        case .acts(let actor): return try answer(to: actor)
        case .refused(let refusal):
            return try refuse(refusal, before: nil, nil, by: caller.operatorID)
        }
    }

    /// What the signature that came with the operation turns out to be.
    private func signatureFinding() throws(SQLiteError) -> SignatureFinding {
        guard let signature = arrived.signature else { return .unsigned }
        guard let key = try transaction.reader.operatorKey(signature.keyID) else { return .keyUnknown }
        return workshop.verify(signature, key, arrived.frozen.payload) ? .genuine(key) : .notGenuine(key)
    }

    /// Decides by the rights of the operator who acted.
    private mutating func answer(to actor: Operator) throws(RegistrarStoreError) -> OperationAnswer {
        let (seen, records) = try findings(actor)
        if let seen, let answer = settled(seen, actor) { return answer }
        let context = DecisionContext(
            now: transaction.now, registrar: registrar, newDeviceID: workshop.newDeviceID())
        switch decide(operation, by: actor, given: records, in: context) {
        case .refuse(let refusal):
            return try refuse(
                refusal, before: seen, records.devices.first?.record.deviceID, by: actor.operatorID)
        case .apply(let effect):
            let before = records.devices.first?.record
            switch try outside(effect, before: before) {
            case .ready(let outside):
                return .receipt(
                    try carryOut(heard(effect, outside, records), before: before, outside))
            case .refused(let problem):
                return try refuse(
                    Refusal(problem), before: seen, before?.deviceID, by: actor.operatorID)
            case .pending(let problem):
                do { try writeOperation(problem: problem) } catch { throw .database(error) }
                return .problem(problem)
            }
        }
    }

    /// The effect with what the target has said, where that was asked.
    private func heard(_ effect: Effect, _ outside: Outside, _ records: Records) -> Effect {
        guard case .verify(.asked(let question)) = operation.body else { return effect }
        var effect = effect
        if let reason = outside.unanswered {
            effect.hearNothing(because: reason, asked: question, at: transaction.now)
        } else if let said = outside.target {
            effect.hear(
                TargetSighting(device: said.device, seenAt: said.seenAt), asked: question, records.letIn,
                at: transaction.now)
        }
        return effect
    }

    private mutating func refuse(
        _ refusal: Refusal, before seen: SeenOperation?, _ device: DeviceID?, by actor: OperatorID
    ) throws(RegistrarStoreError) -> OperationAnswer {
        do { try write(refusal, before: seen, device, by: actor) } catch { throw .database(error) }
        return .problem(refusal.problem)
    }

    private func findings(_ actor: Operator) throws(RegistrarStoreError) -> (
        seen: SeenOperation?, records: Records
    ) {
        do {
            let seen = try SeenOperation.find(operation.operationID, transaction.reader)
            let loader = RecordLoader(
                reader: transaction.reader, arrived: arrived, caller: actor.operatorID, now: transaction.now,
                workshop: workshop, digest: digest)
            return (seen, try loader.records())
        } catch { throw .database(error) }
    }

    /// The answer to an operation that needs no deciding: it took effect before, or its id stands for other bytes.
    private func settled(_ seen: SeenOperation, _ actor: Operator) -> OperationAnswer? {
        guard actor.seesOperation(of: seen.operatorID, tenant: seen.tenant, at: transaction.now),
            seen.payloadHash == arrived.frozen.payloadHash
        else { return .problem(Problem(.idempotencyMismatch)) }
        if case .receipt = seen.answer { return seen.answer }
        return nil
    }

    /// Carries an effect out and gives the signed receipt of it.
    private mutating func carryOut(
        _ effect: Effect, before: DeviceRecord?, _ outside: Outside
    ) throws(RegistrarStoreError) -> String {
        var effect = effect
        let issued = outside.issued
        if let issued { effect.device.certificate = issued.summary }
        let provisions = outside.target != nil && effect.verification == nil
        if provisions, var target = outside.target?.device {
            target.reason = effect.awaitedOrder?.reason ?? target.reason
            effect.device.target = target
        }
        let device = effect.device
        do {
            var writer = DeviceWriter(transaction: transaction)
            if device != before {
                try writer.write(device, registers: effect.registers, leaves: effect.leaves)
            }
            if let issued { try writer.write(issued, of: device.deviceID, for: operation.operationID) }
            for case .revokeCertificates(let reason) in effect.instructions {
                try writer.revoke(device.deviceID, reason, for: operation.operationID)
            }
            transaction = writer.transaction
            if effect.instructions.contains(.provenAtTarget) {
                let settlement = try Settlement(of: device, for: operation.operationID, transaction)
                effect.remarks["ended"] = settlement.endedSerials
            }
            try openFollowing(effect)
            try note("operation_applied", effect, device)
        } catch { throw .database(error) }
        let receipt = Receipt(
            registrar: registrar, operationID: operation.operationID,
            payloadHash: arrived.frozen.payloadHash, outcome: effect.outcome, deviceID: device.deviceID,
            deviceVersion: device.version, appliedAt: transaction.now,
            receiptSequence: transaction.nextReceipt(), auditHead: transaction.auditHead,
            certificateChain: issued?.chain, target: provisions ? device.target : nil,
            serviceRoots: outside.target?.serviceRoots, sealedKey: outside.target?.sealedKey,
            verification: effect.verification)
        let signed: String
        do { signed = try workshop.sign(receipt) } catch { throw .workshop(error.explanation) }
        do {
            try writeOperation(
                device: device.deviceID, version: device.version, outcome: effect.outcome, receipt: signed)
        } catch { throw .database(error) }
        return signed
    }

    private mutating func note(
        _ action: String, _ effect: Effect, _ device: DeviceRecord
    ) throws(SQLiteError) {
        var detail = effect.remarks
        detail["kind"] = operation.body.kind.rawValue
        detail["outcome"] = effect.outcome.rawValue
        detail["device"] = device.deviceID.rawValue
        detail["tenant"] = operation.tenant.rawValue
        detail["payloadHash"] = arrived.frozen.payloadHash.rawValue
        detail["target"] = device.target?.target.rawValue
        detail["signedWith"] = arrived.signature?.keyID.rawValue
        if caller.operatorID != operation.operatorID { detail["carriedBy"] = caller.operatorID.rawValue }
        try transaction.note(
            action, by: operation.operatorID, to: operation.operationID.rawValue, detail)
    }

    /// Notes a refusal, its alarm, and a wrong claim code. The same refusal again is not noted again.
    private mutating func write(
        _ refusal: Refusal, before seen: SeenOperation?, _ device: DeviceID?, by actor: OperatorID
    ) throws(SQLiteError) {
        if let alarm = refusal.alarm {
            var detail = ["tenant": operation.tenant.rawValue]
            detail["device"] = device?.rawValue
            if actor != operation.operatorID { detail["operator"] = operation.operatorID.rawValue }
            try transaction.note(
                alarm.rawValue, by: actor, to: operation.operationID.rawValue, detail)
            if alarm == .wrongClaimCode, let device { try count(wrongCodeFor: device, by: actor) }
        }
        guard refusal.isRecorded else { return }
        if seen?.answer != .problem(refusal.problem) {
            try transaction.note(
                "operation_refused", by: actor, to: operation.operationID.rawValue,
                [
                    "code": refusal.problem.code, "kind": operation.body.kind.rawValue,
                    "tenant": operation.tenant.rawValue,
                ])
        }
        try writeOperation(problem: refusal.problem)
    }

    private func count(wrongCodeFor device: DeviceID, by actor: OperatorID) throws(SQLiteError) {
        try transaction.connection.run(
            "DELETE FROM wrong_claim_code WHERE at <= ?",
            .timestamp(transaction.now.advanced(bySeconds: -RegistrarLimits.wrongCodeSeconds)))
        try transaction.connection.run(
            "INSERT INTO wrong_claim_code(at, device_id, operator_id) VALUES (?, ?, ?)",
            .timestamp(transaction.now), .text(device.rawValue), .text(actor.rawValue))
    }

    private func writeOperation(
        problem: Problem? = nil, device: DeviceID? = nil, version: Int? = nil,
        outcome: Receipt.Outcome? = nil, receipt: String? = nil
    ) throws(SQLiteError) {
        try transaction.connection.run(
            """
            INSERT INTO operation(operation_id, payload_hash, payload, tenant, kind, operator_id, store_id, epoch,
                lane, lane_sequence, supersedes, summary, at, problem, device_id, device_version, outcome, receipt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (operation_id) DO UPDATE SET at = excluded.at, problem = excluded.problem,
                device_id = excluded.device_id, device_version = excluded.device_version,
                outcome = excluded.outcome, receipt = excluded.receipt
            """,
            .text(operation.operationID.rawValue), .text(arrived.frozen.payloadHash.rawValue),
            .blob(arrived.frozen.payload), .text(operation.tenant.rawValue),
            .text(operation.body.kind.rawValue), .text(operation.operatorID.rawValue),
            .text(operation.store.storeID.rawValue), .integer(operation.store.epoch),
            .text(operation.lane.rawValue), .integer(operation.laneSequence),
            .optional(operation.supersedes?.rawValue), .text(operation.summary), .timestamp(transaction.now),
            problem == nil ? .null : try .json(problem), .optional(device?.rawValue), .optional(version),
            .optional(outcome?.rawValue), .optional(receipt))
    }
}
