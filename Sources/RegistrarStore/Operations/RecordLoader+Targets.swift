import Model
import RegistrarCore
import SQLite
import TargetCore

extension RecordLoader {
    /// Where the device is to be provisioned, and what it proves itself by now, for operations that ask for that.
    func addTarget(of device: DeviceRecord, to records: inout Records) throws(SQLiteError) {
        let wish: TargetID?
        switch operation.body {
        case .provision(let provision): wish = provision.target
        case .reprovision(let reprovision): wish = reprovision.target
        default: return
        }
        if let begun = try reader.begunChoice(of: operation.operationID) {
            records.target = begun
        } else {
            records.target = try reader.choice(
                of: device, for: operation, wish: wish, digests: CloudDigests(sha256: digest))
        }
        if case .target(let summary, _) = records.target {
            records.brought = try reader.broughtCertificate(
                of: device.deviceID, to: summary.targetID)
        }
        let id = SQLiteValue.text(device.deviceID.rawValue)
        records.certificateChain = try chain(of: device)
        records.proof = try reader.list("SELECT proof FROM device_proof WHERE device_id = ?", [id]) {
            row throws(SQLiteError) in try row.json("proof", TargetDevice.Proof.self)
        }.first
    }

    private func chain(of device: DeviceRecord) throws(SQLiteError) -> String? {
        guard let serial = device.certificate?.serialNumber else { return nil }
        return try reader.list(
            "SELECT chain FROM certificate WHERE serial_number = ?", [.text(serial)]
        ) { row throws(SQLiteError) in try row.text("chain") }.first
    }

    /// What a verification is held against: since when the device is let in, and whether it has signed what it is said to.
    func addVerification(of device: DeviceRecord, to records: inout Records) throws(SQLiteError) {
        guard case .verify(let verify) = operation.body else { return }
        switch verify {
        case .failed: return
        case .asked: records.letIn = try letIn(device)
        case .proven(let proof):
            guard let statement = proof.statement, let message = statement.message(of: proof),
                let signature = Base64.decode(statement.signature),
                proof.certificate == device.certificate?.fingerprint,
                let chain = try chain(of: device)
            else { return }
            records.isStatementGenuine = workshop.isSigned(message, signature, chain)
        }
    }

    private func letIn(_ device: DeviceRecord) throws(SQLiteError) -> LetIn {
        let id = SQLiteValue.text(device.deviceID.rawValue)
        let since = try reader.list(
            """
            SELECT max(at) AS since FROM operation
            WHERE device_id = ? AND outcome IN ('provisioned', 'reprovisioned')
            """, [id]
        ) { row throws(SQLiteError) in try row.optionalTimestamp("since") }.first
        let old = try reader.connection.run(
            """
            SELECT 1 AS found FROM target_work
            WHERE device_id = ? AND target = ? AND intent = 'finishRotation' AND state IN ('held', 'due') LIMIT 1
            """, id, .text(device.target?.target.rawValue ?? ""))
        return LetIn(since: since ?? nil, isByOldToo: !old.isEmpty)
    }
}
