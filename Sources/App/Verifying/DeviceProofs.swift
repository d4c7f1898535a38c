import Model
import Store
import SyncCore

/// The verifications in devices' histories.
struct DeviceProofs {
    let store: Store

    /// What the history of a device says of its connection.
    struct Standing {
        /// The last that was proven.
        var proof: ConnectionProof?
        /// The last that failed, where nothing was proven after it.
        var failure: ConnectionFailure?
        /// The last question for the target that has no answer yet, where nothing was proven after it.
        var question: OperationID?
    }

    func standing(of device: StoredDevice) async throws -> Standing {
        var standing = Standing()
        for entry in try await store.history(device.lane).reversed() {
            guard entry.state != .withdrawn, entry.state != .superseded,
                let verify = try await verification(entry), verify.device == device.lane
            else { continue }
            switch verify {
            case .proven(let proof):
                standing.proof = proof
                return standing
            case .failed(let failure): standing.failure = standing.failure ?? failure
            case .asked:
                guard entry.mark == .saved || entry.mark == .sent else { continue }
                standing.question = standing.question ?? entry.operationID
            }
        }
        return standing
    }

    /// The verification that an entry is; older ones were saved as notes.
    private func verification(_ entry: OutboxEntry) async throws -> OperationBody.Verify? {
        guard entry.kind == .verify || entry.kind == .note else { return nil }
        switch try await store.frozen(entry.operationID).operation.body {
        case .verify(.asked): return entry.receipt?.verification
        case .verify(let verify): return verify
        case .note(let note): return ConnectionProof(noteText: note.text).map { .proven($0) }
        case .claim, .place, .provision, .reprovision, .release, .revoke: return nil
        }
    }
}
