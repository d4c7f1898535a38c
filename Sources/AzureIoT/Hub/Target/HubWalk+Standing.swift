import Model
import TargetCore

extension HubWalk {
    /// Lets the device in or keeps it out; keeping it out ends its connection.
    func stand(_ status: HubDeviceStatus) -> TargetStep {
        switch find() {
        case .step(let step): return step
        case .absent: return .done(TargetOutcome(device: nil))
        case .own(let found):
            guard found.status == status || isWritten(found) else {
                return write(found) { $0.status = status }
            }
            let reason = status == .disabled ? "kept out by \(settings.host)" : "let in by \(settings.host)"
            return .done(TargetOutcome(device: device(reason, found)))
        }
    }

    func remove() -> TargetStep {
        if journal.has(AzureFact.goneHubDevice) { return .done(TargetOutcome(device: nil)) }
        switch find() {
        case .step(let step): return step
        case .absent: return .done(TargetOutcome(device: nil))
        case .own(let found):
            return .call(calls.delete(id.rawValue, etag: found.etag.map(ETag.init) ?? .anyAtHub))
        }
    }

    /// What the hub says of the device. Its word on connections is minutes late.
    func describe() -> TargetStep {
        switch find() {
        case .step(let step): return step
        case .absent: return .done(TargetOutcome(device: nil))
        case .own(let found):
            let seen = AzureTime.read(found.lastActivityTime)
            let state =
                found.connectionState == .connected
                ? "the hub has it as connected"
                : seen == nil ? "the hub has never heard of it" : "not connected"
            let reason = "\(state); a hub's word on connections may be minutes late"
            return .done(TargetOutcome(device: device(reason, found), seenAt: seen))
        }
    }

    /// Takes back what this work wrote, and nothing else. What keeps a device out is never taken back.
    func undoing(_ fault: TargetFault) -> TargetStep {
        switch work.intent {
        case .describe, .verifySeen, .disable, .remove, .finishRotation: return .refused(fault)
        case .provision, .rotate, .enable: break
        }
        guard journal.hubDeviceBefore != nil || isCreationInDoubt, !journal.has(AzureFact.undone) else {
            return .refused(fault)
        }
        let look = calls.device(id.rawValue)
        if isLeft(look) { return .refused(fault) }
        guard journal.has(AzureFact.looked), let seen = journal.hubDevice,
            let before = journal.hubDeviceBefore
        else { return .call(look) }
        guard let found = seen.value, HubSign(reading: found.statusReason) == sign else {
            return .refused(fault)
        }
        let etag = found.etag.map(ETag.init) ?? .anyAtHub
        guard case .present(let earlier) = before else {
            let call = calls.delete(id.rawValue, etag: etag)
            return isLeft(call) ? .refused(fault) : .call(call)
        }
        let step = HubRewriting(journal: journal, calls: calls).write(found) { device in
            device.authentication = earlier.authentication
            device.status = earlier.status
            device.statusReason = earlier.statusReason
            device.capabilities = earlier.capabilities
        }
        if case .call(let call) = step, isLeft(call) { return .refused(fault) }
        return step
    }

    private func isLeft(_ call: CloudCall) -> Bool { work.facts[TargetWork.leftPrefix + call.name] != nil }
}
