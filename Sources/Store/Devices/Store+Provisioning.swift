package import Model
import SQLite

/// What came with the receipt that had a device provisioned outside.
package struct DeviceProvisioning: Equatable, Sendable {
    package var target: DeviceTarget
    /// PEM roots that the device believes its service by; `nil` where none came, or the device is elsewhere by now.
    package var serviceRoots: String?
    /// A symmetric key as it came, and the operation that it came for.
    package var sealedKey: SealedKey?

    package struct SealedKey: Equatable, Sendable {
        package var box: SealedBox
        package var operation: OperationID
    }
}

extension Store {
    /// Where a device is provisioned, with what came for it; `nil` while that is nowhere but with the registrar's own
    /// authority.
    package func provisioning(of lane: DeviceIdentifier) throws(StoreError) -> DeviceProvisioning? {
        try rows(
            "SELECT target, service_roots, sealed_key, operation_id FROM device_target WHERE lane = ?",
            [.text(lane.rawValue)]
        ) { row throws(SQLiteError) in
            let box = try row.optionalJSON("sealed_key", SealedBox.self)
            let operation = try row.optionalValue("operation_id", OperationID.init(rawValue:))
            var provisioning = DeviceProvisioning(
                target: try row.json("target", DeviceTarget.self),
                serviceRoots: try row.optionalText("service_roots"))
            if let box, let operation {
                provisioning.sealedKey = DeviceProvisioning.SealedKey(box: box, operation: operation)
            }
            return provisioning
        }.first
    }

    /// Forgets a device's symmetric key: the sealed one, and the secret that opens it. Returns whether there was any.
    package func forgetSymmetricKey(
        of lane: DeviceIdentifier, openedBy name: String, of owner: VaultOwner, at now: Timestamp
    ) throws(StoreError) -> Bool {
        let wasThere = try transact(at: now) { transaction throws(StoreError) in
            let secrets = try transaction.run(
                """
                DELETE FROM vault_secret WHERE registrar = ? AND operator_id = ? AND name = ? RETURNING name
                """, owner.columns + [.text(name)])
            let sealed = try transaction.run(
                """
                UPDATE device_target SET sealed_key = NULL WHERE lane = ? AND sealed_key IS NOT NULL
                RETURNING lane
                """, [.text(lane.rawValue)])
            guard !secrets.isEmpty || !sealed.isEmpty else { return false }
            try transaction.note(.secretWiped, by: owner.operatorID, to: name)
            return true
        }
        eraseLog()
        return wasThere
    }
}
