package import Model
import SQLite
package import SyncCore

/// One open operation on its way between stores, whole.
package struct ExportedOperation: Codable, Equatable, Sendable {
    package var operationID: OperationID
    /// Its state in the store it came from.
    package var state: OperationState
    package var registrar: RegistrarID?
    package var acceptedAt: Timestamp
    package var payloadHash: PayloadHash
    /// The frozen bytes in base64url.
    package var payload: String
    /// That of the operator who acted; absent for operations from before there were keys.
    package var signature: OperationSignature?
    /// The key that made it, as long as the registrar does not have it: the other store offers it there.
    package var signingKey: OperatorKeyOffer?
}

extension Store {
    /// Every open operation with its bytes, in the order of acceptance, for another store or for
    /// support. Sealed secrets stay sealed; tokens are not part of it.
    package func exportOutbox() throws(StoreError) -> [ExportedOperation] {
        let entries = try openEntries().sorted { $0.position < $1.position }
        var exported: [ExportedOperation] = []
        for entry in entries {
            let frozen = try frozen(entry.operationID)
            let signature = try signature(entry.operationID)
            let key: OperatorKeyOffer? = if let signature { try offer(of: signature.keyID) } else { nil }
            exported.append(
                ExportedOperation(
                    operationID: entry.operationID, state: entry.state, registrar: entry.registrar,
                    acceptedAt: entry.acceptedAt, payloadHash: frozen.payloadHash,
                    payload: Base64.encodeURL(frozen.payload),
                    signature: signature, signingKey: key))
        }
        return exported
    }

    /// Takes over operations of another store, byte for byte, in one transaction. What is here already
    /// is passed over.
    ///
    /// Each starts as queued or blocked: its id is its idempotency key, so that sending it again has
    /// one effect.
    /// - Returns: how many were new.
    /// - Throws: `StoreError.damagedOperation` for bytes that are not those of the export; then none
    ///   was taken.
    package func importOutbox(
        _ exported: [ExportedOperation], by operatorID: OperatorID, at now: Timestamp
    ) throws(StoreError) -> Int {
        try transact(at: now) { transaction throws(StoreError) in
            var acceptance = try Acceptance(transaction, reference: reference, digest: digest)
            var taken = 0
            for item in exported where try acceptance.known(item.operationID) == nil {
                let frozen = try frozen(item)
                _ = try acceptance.insert(
                    frozen, item.signature, registrar: item.registrar?.rawValue, turn: nil,
                    event: .operationImported)
                try acceptance.transaction.keepOffer(of: item, by: frozen.operation.operatorID, at: now)
                try DeviceWriter(transaction.connection).noteCapture(
                    Intent(imported: frozen.operation), at: now)
                taken += 1
            }
            transaction = acceptance.transaction
            return taken
        }
    }

    private func frozen(_ item: ExportedOperation) throws(StoreError) -> FrozenOperation {
        guard let payload = Base64.decodeURL(item.payload) else { throw .damagedOperation(item.operationID) }
        let frozen: FrozenOperation
        do { frozen = try FrozenOperation(payload: payload, digest: digest) } catch {
            throw .damagedOperation(item.operationID)
        }
        guard frozen.payloadHash == item.payloadHash, frozen.operation.operationID == item.operationID else {
            throw .damagedOperation(item.operationID)
        }
        return frozen
    }
}

extension Intent {
    /// What an operation of another store wanted.
    init(imported operation: Operation) {
        let identity: DeviceIdentity? =
            if case .claim(let claim) = operation.body { claim.identity } else { nil }
        self.init(
            body: operation.body, tenant: operation.tenant, site: operation.site, job: operation.job,
            lane: operation.lane, identity: identity, baseVersion: operation.baseVersion,
            operatorID: operation.operatorID, capturedAt: operation.capturedAt, summary: operation.summary,
            supersedes: operation.supersedes)
    }
}
