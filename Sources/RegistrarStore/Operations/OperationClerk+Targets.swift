import Model
import RegistrarCore
import SQLite
import TargetCore

extension OperationClerk {
    /// What had to be had from outside for an effect.
    struct Outside {
        /// The certificate, whoever issued it.
        var issued: IssuedCertificate?
        /// What the target said that the operation waited for.
        var target: TargetResult?
        /// Why a question for the target's word has got no answer.
        var unanswered: String?
    }

    enum OutsideStanding {
        case ready(Outside)
        case refused(Problem)
        /// It is being had; what the operation is answered until then.
        case pending(Problem)
    }

    /// Where the parts of an effect stand that are made outside of this transaction: the certificate first, where the
    /// registrar's side has it issued, then the target.
    mutating func outside(
        _ effect: Effect, before: DeviceRecord?
    ) throws(RegistrarStoreError) -> OutsideStanding {
        let order = effect.awaitedOrder
        let earlier: IssuedCertificate?
        do { earlier = try leaveOtherTarget(effect) } catch { throw .database(error) }
        if let order, let standing = try known(order) { return standing }
        let certificate: Enrolling
        do { certificate = try enrolling(effect, before: before) } catch { throw .database(error) }
        switch certificate {
        case .refused(let reason): return .refused(Problem(.certificateRequestRefused, detail: reason))
        case .pending(let problem): return .pending(problem)
        case .issued(let issued): return try opened(order, issued)
        case .notNeeded:
            let issuing = if let earlier { Enrolling.issued(earlier) } else { try issue(effect) }
            switch issuing {
            case .pending(let problem): return .pending(problem)
            case .refused(let reason): return .refused(Problem(.certificateRequestRefused, detail: reason))
            case .issued(let issued):
                return order == nil ? .ready(Outside(issued: issued)) : try opened(order, issued)
            case .notNeeded: return order == nil ? .ready(Outside()) : try opened(order, nil)
            }
        }
    }

    /// How long an operation waits before it is tried again with an issuing key that was away.
    private static let keySeconds = 60

    /// The certificate that the registrar's own authority issues for an effect. While its key is away the operation waits;
    /// others are not held up.
    private func issue(_ effect: Effect) throws(RegistrarStoreError) -> Enrolling {
        for case .issueCertificate(let order) in effect.instructions {
            do { return .issued(try workshop.issue(order)) } catch {
                guard error.mayPass else { throw .workshop(error.explanation) }
                return .pending(
                    Problem(
                        .inProgress,
                        detail: "The registrar's issuing key cannot be used now. \(error.explanation.what)",
                        retryAfterSeconds: Self.keySeconds))
            }
        }
        return .notNeeded
    }

    /// Gives up work that was opened at another target than the operation now goes to, where nothing was sent there.
    ///
    /// - Returns: the certificate that was issued for it, where the operation needs one now too; one that it does not need is
    ///   listed as never delivered.
    private mutating func leaveOtherTarget(_ effect: Effect) throws(SQLiteError) -> IssuedCertificate? {
        let now = effect.awaitedOrder?.target ?? .builtIn
        guard let placed = try transaction.reader.placedWork(of: operationID), placed.canMove,
            placed.target != now
        else { return nil }
        try transaction.connection.run(
            "UPDATE target_work SET state = 'cancelled', said = ? WHERE number = ?",
            .text("The device goes to \(now) instead."), .integer(placed.number))
        try transaction.note(
            "target_changed_over", by: nil, to: operationID.rawValue,
            ["from": placed.target.rawValue, "to": now.rawValue])
        guard let issued = placed.issued else { return nil }
        let needsCertificate = effect.instructions.contains {
            if case .issueCertificate = $0 { true } else { false }
        }
        if needsCertificate { return issued }
        var writer = DeviceWriter(transaction: transaction)
        try writer.writeUndelivered(issued, of: effect.device.deviceID, for: operationID)
        transaction = writer.transaction
        return nil
    }

    /// What the journal says of the operation's work; `nil` when there is no entry yet.
    private func known(_ order: TargetOrder) throws(RegistrarStoreError) -> OutsideStanding? {
        try RegistrarStoreError.wrapping { () throws(SQLiteError) -> OutsideStanding? in
            let rows = try transaction.connection.run(
                """
                SELECT * FROM target_work WHERE operation_id = ? AND timing = 'awaited' AND state <> 'cancelled'
                """,
                .text(operationID.rawValue))
            guard let row = rows.first else { return nil }
            let said = try row.optionalText("said")
            let asked = try row.value("target", TargetID.init(rawValue:))
            if order.intent == .verifySeen, asked != order.target {
                return .ready(
                    Outside(
                        unanswered: "The device has left \(asked) since that was asked for it. "
                            + "Ask anew, with `muster verify --by target`."))
            }
            switch try row.text("state") {
            case "done":
                let result: TargetResult = try row.json("result")
                let issued: IssuedCertificate? = try row.optionalJSON("issued")
                return .ready(Outside(issued: issued ?? result.issued, target: result))
            case "refused" where order.intent == .verifySeen:
                return .ready(Outside(unanswered: said ?? ""))
            case "refused":
                return .refused(
                    Problem(
                        .targetRefused,
                        detail: "\(order.target) did not take the device: \(said ?? "")"))
            default:
                return .pending(
                    pending(until: try row.timestamp("not_before"), said, order))
            }
        }
    }

    /// Opens the journal's entry for an order; there is nothing to open without one.
    private func opened(
        _ order: TargetOrder?, _ issued: IssuedCertificate?
    ) throws(RegistrarStoreError) -> OutsideStanding {
        guard var order else { return .ready(Outside(issued: issued)) }
        if order.device.proof == nil { order.device.proof = issued.map { .certificate($0.chain) } }
        do { try open(order, issued) } catch { throw .database(error) }
        return .pending(pending(until: transaction.now, nil, order))
    }

    /// Writes an entry of the journal of targets.
    func open(_ order: TargetOrder, _ issued: IssuedCertificate? = nil) throws(SQLiteError) {
        let work = TargetWork(
            workID: operationID.rawValue, intent: order.intent, device: order.device)
        try transaction.connection.run(
            """
            INSERT INTO target_work(operation_id, device_id, target, intent, timing, state, work, reason,
                seal_to, issued, opened_at, not_before)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, .text(operationID.rawValue), .text(order.device.deviceID.rawValue),
            .text(order.target.rawValue), .text(order.intent.rawValue), .text(order.timing.rawValue),
            .text(order.timing == .onceProven ? "held" : "due"), try .json(work), .text(order.reason),
            .optional(sealTo), issued == nil ? .null : try .json(issued), .timestamp(transaction.now),
            .timestamp(transaction.now))
    }

    /// Opens what follows from an effect, and gives up what is held for the device from before and would undo that.
    func openFollowing(_ effect: Effect) throws(SQLiteError) {
        let held = HeldTasks(transaction)
        let orders = effect.orders
        let device = effect.device.deviceID
        let brought = BroughtCertificates(transaction: transaction)
        if effect.leaves != nil || effect.outcome == .provisioned { try brought.forget(of: device) }
        if effect.outcome == .reprovisioned { try brought.forgetHandedOver(of: device) }
        if orders.contains(where: { $0.timing == .following }) { try held.leaveNothing(of: device) }
        for order in orders where order.timing == .awaited && order.intent != .verifySeen {
            try held.cancel(of: device, at: order.target)
            try keepProof(order.device)
        }
        for var order in orders where order.timing != .awaited {
            // What is done later at the place where the device has just come to goes by what that has made of it.
            if let target = effect.device.target, target.target == order.target {
                order.device.marks = target.marks
            }
            try open(order)
        }
    }

    /// Keeps what a device without a certificate proves itself by, for the time it moves.
    private func keepProof(_ device: TargetDevice) throws(SQLiteError) {
        let id = SQLiteValue.text(device.deviceID.rawValue)
        switch device.proof {
        case .tpm, .symmetricKey:
            try transaction.connection.run(
                "INSERT OR REPLACE INTO device_proof(device_id, proof) VALUES (?, ?)", id,
                try .json(device.proof))
        case .request, .certificate, nil:
            try transaction.connection.run("DELETE FROM device_proof WHERE device_id = ?", id)
        }
    }

    private func pending(until time: Timestamp, _ said: String?, _ order: TargetOrder) -> Problem {
        let seconds = (time.milliseconds - transaction.now.milliseconds + 999) / 1000
        return Problem(
            .inProgress,
            detail: order.intent.progress(at: order.target) + (said.map { " " + $0 } ?? ""),
            retryAfterSeconds: max(1, Int(min(seconds, 60))))
    }
}

extension TargetIntent {
    fileprivate func progress(at target: TargetID) -> String {
        self == .verifySeen
            ? "\(target) is being asked whether it has seen the device."
            : "The device is being provisioned at \(target)."
    }
}

extension Effect {
    fileprivate var orders: [TargetOrder] {
        instructions.compactMap { if case .atTarget(let order) = $0 { order } else { nil } }
    }

    /// The work at a target that the operation waits for.
    var awaitedOrder: TargetOrder? { orders.first { $0.timing == .awaited } }
}
