package import Model
import RegistrarCore
import SQLite

/// What followed from a device's being proven where it belongs now.
package struct Settlement: Equatable, Sendable {
    /// How much was held for that and is due now.
    package var due: Int
    /// The certificates that came before the present one and were good until now.
    package var ended: [CertificateSummary]

    package init(due: Int, ended: [CertificateSummary] = []) {
        self.due = due
        self.ended = ended
    }

    /// Their serial numbers, for the audit log; `nil` for none.
    var endedSerials: String? {
        ended.isEmpty ? nil : ended.map(\.serialNumber).joined(separator: ", ")
    }

    /// Carries it out, for whatever has proven the device.
    init(
        of device: DeviceRecord, for operation: OperationID?, _ transaction: RegistrarTransaction
    ) throws(SQLiteError) {
        due = try HeldTasks(transaction).release(of: device.deviceID)
        ended = []
        if let present = device.certificate {
            ended = try DeviceWriter(transaction: transaction).revokeOlder(
                than: present, of: device.deviceID, for: operation)
        }
    }
}

extension RegistrarStore {
    /// The device is proven where it belongs now, by somebody's word: what follows from a verification follows from that.
    package func settle(
        _ id: DeviceID, by actor: OperatorID, at now: Timestamp
    ) throws(RegistrarStoreError) -> Settlement {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            let settlement = try RegistrarStoreError.wrapping { () throws(SQLiteError) -> Settlement? in
                guard let device = try transaction.reader.device(id)?.record else { return nil }
                let settlement = try Settlement(of: device, for: nil, transaction)
                var detail = ["due": String(settlement.due)]
                detail["ended"] = settlement.endedSerials
                try transaction.note("device_settled", by: actor, to: id.rawValue, detail)
                return settlement
            }
            guard let settlement else {
                throw .refused(Problem(.notFound, detail: "There is no device \(id)."))
            }
            return settlement
        }
    }
}
