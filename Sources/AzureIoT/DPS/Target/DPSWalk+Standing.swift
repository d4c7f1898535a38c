import Model
import TargetCore

extension DPSWalk {
    /// The entry first, so that the device cannot register again; then its hub, which alone cuts a
    /// connection.
    func disable() -> TargetStep {
        guard let seen = journal.enrollment else { return .call(calls.enrollment(id)) }
        switch seen {
        case .absent:
            // For a device of a group, an entry of its own that is disabled comes before the group.
            guard enrolment.group != nil else { return .done(TargetOutcome(device: nil)) }
            return .call(calls.put(blockingEntry(), etag: nil))
        case .present(let found) where !isOut(found): return disable(found)
        case .present: break
        }
        if let step = atHub(.disabled) { return step }
        return .done(
            TargetOutcome(
                device: device("kept out by its enrollment" + hubWords("out"), standing: .disabled)))
    }

    /// Whether an entry keeps its device out, by its own word or because this work has just written so.
    func isOut(_ found: IndividualEnrollment) -> Bool {
        found.provisioningStatus == .disabled || journal.wrote(AzureFact.wroteEnrollment, found.etag)
    }

    private func disable(_ found: IndividualEnrollment) -> TargetStep {
        switch rewriting(found) {
        case .ready(let attestation, let hasKeys):
            return write(attestation, hasKeys: hasKeys, .disabled, over: found)
        case .keysFirst: return readKeys
        // Keeping the device out goes before keeping its certificate; to let it in again, it is provisioned.
        case .certificateLacking:
            return write(AttestationMechanism(type: .symmetricKey), hasKeys: false, .disabled, over: found)
        }
    }

    func enable() -> TargetStep {
        guard let seen = journal.enrollment else { return .call(calls.enrollment(id)) }
        switch seen {
        case .absent:
            guard enrolment.group != nil else { return .done(TargetOutcome(device: nil)) }
        case .present(let found) where enrolment.group != nil:
            return .call(calls.deleteEnrollment(id, etag: found.etag.map(ETag.init) ?? .any))
        case .present(let found)
        where found.provisioningStatus == .disabled && !journal.wrote(AzureFact.wroteEnrollment, found.etag):
            return enable(found)
        case .present: break
        }
        if let step = atHub(.enabled) { return step }
        return .done(TargetOutcome(device: device("let in by its enrollment" + hubWords("in"))))
    }

    private func enable(_ found: IndividualEnrollment) -> TargetStep {
        // An entry that was disabled without its certificate at hand lets nobody in by it.
        if enrolment.proof == .certificate, found.attestation.type == .symmetricKey {
            guard let leaf else { return .refused(.oldCertificateLacking) }
            return write(.leaf(leaf), hasKeys: false, .enabled, over: found)
        }
        switch rewriting(found) {
        case .ready(let attestation, let hasKeys):
            return write(attestation, hasKeys: hasKeys, .enabled, over: found)
        case .keysFirst: return readKeys
        case .certificateLacking: return .refused(.oldCertificateLacking)
        }
    }

    // MARK: The hub

    /// The hub that the device was assigned to and that the registrar may reach.
    var reachableHub: AzureHubAccess? { hubHost.flatMap(settings.hub) }

    var hubCalls: HubCalls? {
        reachableHub.map { HubCalls(host: $0.host, apiVersion: settings.apiVersions.hub) }
    }

    /// What is still to be done at the hub; `nil` when nothing is, or nothing can be.
    private func atHub(_ status: HubDeviceStatus) -> TargetStep? {
        guard !settings.hubs.isEmpty else { return nil }
        guard journal.registration != nil else { return .call(calls.registration(id)) }
        guard let hubCalls else { return nil }
        switch journal.hubDevice {
        case nil: return .call(hubCalls.device(hubDeviceID))
        case .absent: return nil
        case .present(let found):
            if found.status == status || journal.wrote(AzureFact.wroteHubDevice, found.etag) { return nil }
            return HubRewriting(journal: journal, calls: hubCalls).write(found) { $0.status = status }
        }
    }

    /// What is to be said of the hub.
    private func hubWords(_ way: String) -> String {
        guard let host = hubHost else { return "" }
        guard reachableHub != nil else {
            return "; its hub \(host) is not among the target's hubs, so its connection was not touched"
        }
        return " and \(way == "in" ? "let in" : "kept out") by its hub \(host)"
    }
}
