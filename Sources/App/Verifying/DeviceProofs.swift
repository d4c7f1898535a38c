import Model
import Store
import SyncCore

/// The proofs of connection in devices' histories.
struct DeviceProofs {
    let store: Store

    /// The last that was made for the device; `nil` when there is none.
    func last(of device: StoredDevice) async throws -> ConnectionProof? {
        for entry in try await store.history(device.lane).reversed() {
            guard entry.kind == .note, entry.state != .withdrawn, entry.state != .superseded,
                case .note(let note) = try await store.frozen(entry.operationID).operation.body,
                let proof = ConnectionProof(noteText: note.text), proof.device == device.lane
            else { continue }
            return proof
        }
        return nil
    }
}
