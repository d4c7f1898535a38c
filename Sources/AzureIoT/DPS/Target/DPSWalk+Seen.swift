import Model
import TargetCore

extension DPSWalk {
    func describe() -> TargetStep {
        guard let entry = journal.enrollment else { return .call(calls.enrollment(id)) }
        if let group = enrolment.group, journal.group == nil { return .call(calls.group(group)) }
        guard let registration = journal.registration else { return .call(calls.registration(id)) }
        if entry.value == nil, journal.group?.value == nil { return .done(TargetOutcome(device: nil)) }
        let isOut =
            entry.value?.provisioningStatus == .disabled
            || entry.value == nil && journal.group?.value?.provisioningStatus == .disabled
        let known = device(words(registration.value), standing: isOut ? .disabled : .enabled)
        return .done(TargetOutcome(device: known, seenAt: seenAt(registration.value)))
    }

    func verifySeen() -> TargetStep {
        guard let registration = journal.registration else { return .call(calls.registration(id)) }
        if registration.value?.status == .assigned, let hubCalls, journal.hubDevice == nil {
            return .call(hubCalls.device(hubDeviceID))
        }
        guard let state = registration.value else {
            return .done(TargetOutcome(device: device("it has not registered yet")))
        }
        let standing: DeviceTarget.Standing = state.status == .disabled ? .disabled : .enabled
        return .done(
            TargetOutcome(device: device(words(state), standing: standing), seenAt: seenAt(state)))
    }

    /// The later of the registration and what the hub has heard.
    private func seenAt(_ state: DeviceRegistrationState?) -> Timestamp? {
        guard let state, state.status == .assigned else { return nil }
        let times = [state.lastUpdatedDateTimeUtc, journal.hubDevice?.value?.lastActivityTime]
        return times.compactMap(AzureTime.read).max()
    }

    private func words(_ state: DeviceRegistrationState?) -> String {
        guard let state else { return "enrolled; it has not registered yet" }
        if let fault = AzureFaults.of(state) { return fault.what }
        guard state.status == .assigned else { return "its registration is under way" }
        let hub = state.assignedHub ?? "a hub that is not named"
        switch state.substatus {
        case AssignedSubstatus.deviceDataMigrated: return "assigned to \(hub), its data moved there"
        case AssignedSubstatus.deviceDataReset: return "assigned to \(hub), starting from the initial twin"
        case AssignedSubstatus.reprovisionedToInitialAssignment:
            return "assigned to \(hub), where it was before"
        default: return "assigned to \(hub)"
        }
    }
}
