import Model
import TargetCore

extension HubWalk {
    func provision() -> TargetStep {
        let desired: HubAuthentication
        do {
            desired = try desiredAuthentication()
        } catch {
            return .refused(error)
        }
        if isNew { return .call(calls.create(entered(desired))) }
        switch find() {
        case .step(let step): return step
        case .absent: return .call(calls.put(entered(desired), etag: nil))
        case .own(let found):
            guard isWritten(found) || isAsWished(found, desired) else {
                return provision(desired, over: found)
            }
            return tags(of: found) ?? provisioned(found)
        }
    }

    /// Whether the device is entered without a look: among many, where nothing speaks for one that is there already.
    /// One that is there after all refuses it. Alone, the look comes first, which leaves nothing behind where the hub
    /// is away.
    private var isNew: Bool {
        work.isInCompany && journal.hubDevice == nil && work.device.marks[AzureMark.hub] == nil
            && journal.hubDeviceBefore == nil && !journal.has(AzureFact.exists) && !isCreationInDoubt
    }

    private func entered(_ desired: HubAuthentication) -> HubDevice {
        var device = HubDevice(deviceId: id.rawValue, authentication: desired)
        device.status = .enabled
        device.statusReason = sign.text
        device.capabilities = DeviceCapabilities(iotEdge: settings.isEdge)
        return device
    }

    private func provision(_ desired: HubAuthentication, over found: HubDevice) -> TargetStep {
        write(found) { device in
            if !attests(found.authentication, desired) { device.authentication = desired }
            device.status = .enabled
            if settings.isEdge { device.capabilities = DeviceCapabilities(iotEdge: true) }
        }
    }

    private func desiredAuthentication() throws(TargetFault) -> HubAuthentication {
        switch settings.proof {
        case .authority: return HubAuthentication(type: .certificateAuthority)
        case .symmetricKey: return HubAuthentication(type: .sas)
        case .thumbprint:
            guard let leaf, let thumbprint = thumbprint(of: leaf) else {
                throw .proofMissing("a certificate")
            }
            return HubAuthentication(
                type: .selfSigned,
                x509Thumbprint: HubAuthentication.Thumbprints(primaryThumbprint: thumbprint))
        }
    }

    private func attests(_ found: HubAuthentication?, _ desired: HubAuthentication) -> Bool {
        guard let found, found.type == desired.type else { return false }
        guard let wanted = desired.x509Thumbprint?.primaryThumbprint else { return true }
        let slots = found.x509Thumbprint
        return [slots?.primaryThumbprint, slots?.secondaryThumbprint].contains { $0?.uppercased() == wanted }
    }

    private func isAsWished(_ found: HubDevice, _ desired: HubAuthentication) -> Bool {
        attests(found.authentication, desired) && found.status != .disabled
            && (!settings.isEdge || found.capabilities?.iotEdge == true)
    }

    /// The tags, as far as they are not there yet.
    private func tags(of found: HubDevice) -> TargetStep? {
        if journal.has(AzureFact.wroteTwin) { return nil }
        var tags = settings.twin.tags(for: work.device)
        tags[AzureNote.member] = AzureNote(work).tag
        let desired = settings.twin.desired(for: work.device)
        let patch = TargetStep.call(
            calls.patch(HubTwin(tags: tags, desired: desired.isEmpty ? nil : desired), of: id.rawValue))
        if journal.hubDeviceBefore == .absent { return patch }
        guard let twin = journal.twin else { return .call(calls.twin(id.rawValue)) }
        let there = twin.value?.tags ?? [:]
        return tags.allSatisfy { there[$0.key] == $0.value } ? nil : patch
    }

    private func provisioned(_ found: HubDevice) -> TargetStep {
        let known = device(
            "entered at \(settings.host) directly", found,
            marks: leaf.map { [AzureMark.certificate: $0] } ?? [:])
        guard found.authentication?.type == .sas else { return .done(TargetOutcome(device: known)) }
        guard let keys = journal.keys(.hubDevice, found.etag) else { return read }
        return .done(TargetOutcome(device: known, key: keys.primary))
    }
}
