import Model
import TargetCore

/// Changes of a hub's device: a PUT replaces it whole, so its keys go along when it has any.
struct HubRewriting {
    let journal: AzureJournal
    let calls: HubCalls

    /// The next call towards a changed device.
    func write(_ found: HubDevice, _ change: (inout HubDevice) -> Void) -> TargetStep {
        var device = found.writable
        change(&device)
        var hasKeys = device.authentication?.symmetricKey != nil
        if device.authentication?.type == .sas, !hasKeys {
            // Keys are shown with the device; when they were lost it is read again.
            guard let keys = journal.keys(.hubDevice, found.etag) else {
                return .call(calls.device(found.deviceId))
            }
            device.authentication?.symmetricKey = AttestationMechanism.SymmetricKeys(
                primaryKey: keys.primary.unredacted, secondaryKey: keys.secondary.unredacted)
            hasKeys = true
        }
        return .call(calls.put(device, etag: found.etag.map(ETag.init) ?? .anyAtHub, hasKeys: hasKeys))
    }
}
