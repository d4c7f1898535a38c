import Model
import Store
import SyncCore

/// Which of the wanted operations a device's lane holds already, so that doing the job again does not do it twice.
struct SavedKinds {
    let store: Store

    init(_ store: Store) {
        self.store = store
    }

    /// A claim counts for the same tenant, a provisioning by the same key (and to the same target, where one is
    /// named), a placing for the same place. What a person closed
    /// or a later release undid does not count.
    func kinds(of lane: DeviceIdentifier, for request: CommissionRequest) async throws -> Set<
        OperationBody.Kind
    > {
        var saved: Set<OperationBody.Kind> = []
        for entry in try await store.history(lane) {
            guard entry.state != .withdrawn, entry.state != .superseded, entry.tenant == request.tenant else {
                continue
            }
            switch entry.kind {
            case .claim: saved.insert(.claim)
            case .release: saved = []
            case .revoke: saved.remove(.provision)
            case .verify, .note, .reprovision: break
            case .provision, .place:
                let isArchived = entry.state == .archived
                if isArchived {
                    saved.insert(entry.kind)
                } else if try await says(entry, request) {
                    saved.insert(entry.kind)
                }
            }
        }
        return saved
    }

    private func says(_ entry: OutboxEntry, _ request: CommissionRequest) async throws -> Bool {
        switch try await store.frozen(entry.operationID).operation.body {
        case .provision(let body):
            guard let wanted = request.provision, body.attestation == wanted.attestation else { return false }
            return wanted.target == nil || wanted.target == body.target
        case .place(let body): return body.site == request.site && body.position == request.position
        case .claim, .reprovision, .release, .revoke, .verify, .note: return false
        }
    }
}
