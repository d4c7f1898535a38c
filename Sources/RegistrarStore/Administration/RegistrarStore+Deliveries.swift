package import Model
package import RegistrarCore
import SQLite

/// A delivery with what its devices need before the transaction: a new id, and its claim code as it is kept.
package struct ArrivedDelivery: Sendable {
    package var deviceID: DeviceID
    package var identity: DeviceIdentity
    package var tenant: TenantID?
    package var claimCode: ClaimCodeVerifier?

    package init(
        deviceID: DeviceID, identity: DeviceIdentity, tenant: TenantID?, claimCode: ClaimCodeVerifier?
    ) {
        self.deviceID = deviceID
        self.identity = identity
        self.tenant = tenant
        self.claimCode = claimCode
    }
}

extension RegistrarStore {
    /// Puts devices on the delivery list, all or none. One that is listed already with the same identity is passed over.
    package func add(
        _ deliveries: [ArrivedDelivery], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> [DeviceRecord] {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            var records: [DeviceRecord] = []
            for delivery in deliveries {
                if let fault = delivery.identity.fault { throw .refused(fault) }
                records.append(try Self.add(delivery, by: actor, &transaction))
            }
            return records
        }
    }

    private static func add(
        _ delivery: ArrivedDelivery, by actor: OperatorID?, _ transaction: inout RegistrarTransaction
    ) throws(RegistrarStoreError) -> DeviceRecord {
        if let known = try known(delivery, transaction.reader) { return known }
        let record = DeviceRecord(
            deviceID: delivery.deviceID, identifiers: delivery.identity.identifiers,
            identity: delivery.identity, state: .listed, version: 1, updatedAt: transaction.now)
        do {
            var writer = DeviceWriter(transaction: transaction)
            try writer.write(
                record, registers: delivery.identity, leaves: nil, restrictedTo: delivery.tenant,
                claimCode: delivery.claimCode)
            transaction = writer.transaction
            var detail: [String: String] = [:]
            detail["tenant"] = delivery.tenant?.rawValue
            try transaction.note("device_listed", by: actor, to: record.deviceID.rawValue, detail)
        } catch { throw .database(error) }
        return record
    }

    /// The device when the list has it just so.
    private static func known(
        _ delivery: ArrivedDelivery, _ reader: RegistrarReader
    ) throws(RegistrarStoreError) -> DeviceRecord? {
        let known = try RegistrarStoreError.wrapping { () throws(SQLiteError) -> KnownDevice? in
            for identifier in delivery.identity.identifiers {
                if let id = try reader.device(with: identifier) { return try reader.device(id) }
            }
            return nil
        }
        guard let known else { return nil }
        guard known.registered == delivery.identity, known.restrictedTo == delivery.tenant else {
            throw .refused(
                Problem(
                    .alreadyExists,
                    detail: "The device \(delivery.identity.displayName) is known already, with other facts.")
            )
        }
        return known.record
    }

    /// Devices on the list that nobody has claimed, in the order of their ids.
    package func listedDevices() throws(RegistrarStoreError) -> [DeviceRecord] {
        try read { reader throws(SQLiteError) in
            try reader.list(
                "SELECT record FROM device WHERE tenant IS NULL ORDER BY device_id LIMIT ?",
                [.integer(RegistrarLimits.deliveriesPerList)]
            ) { row throws(SQLiteError) in try row.json("record", DeviceRecord.self) }
        }
    }
}
