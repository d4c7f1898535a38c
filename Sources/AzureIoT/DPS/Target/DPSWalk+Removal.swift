import Model
import TargetCore

/// Three records, each deletion noted: the entry, the record of registrations, the device at its hub.
extension DPSWalk {
    func remove() -> TargetStep {
        guard let entry = journal.enrollment else { return .call(calls.enrollment(id)) }
        // Read before anything goes: it alone says which hub has the device.
        guard let registration = journal.registration else { return .call(calls.registration(id)) }
        if let step = removeEntry(entry) { return step }
        if case .present(let state) = registration, !journal.has(AzureFact.goneRegistration) {
            return .call(calls.deleteRegistration(id, etag: state.etag.map(ETag.init)))
        }
        if let hubCalls, !journal.has(AzureFact.goneHubDevice) {
            return .call(hubCalls.delete(hubDeviceID, etag: .anyAtHub))
        }
        guard let host = hubHost, reachableHub == nil else { return .done(TargetOutcome(device: nil)) }
        let reason = "no longer enrolled; its hub \(host) is not among the target's hubs and still knows it"
        return .done(
            TargetOutcome(
                device: device(reason, standing: .disabled, marks: [AzureMark.left: host])))
    }

    private func removeEntry(_ seen: Seen<IndividualEnrollment>) -> TargetStep? {
        guard enrolment.group != nil else {
            guard case .present(let found) = seen else { return nil }
            return .call(calls.deleteEnrollment(id, etag: found.etag.map(ETag.init) ?? .any))
        }
        // The group would let the device in again: the entry that keeps it out stays for good.
        switch seen {
        case .absent: return .call(calls.put(blockingEntry(), etag: nil))
        case .present(let found) where !isOut(found): return disable()
        case .present: return nil
        }
    }
}
