import Model
import TargetCore

extension DPSWalk {
    /// The entry as it is to be: what was there stays, but for what the settings and the device say.
    func wished(
        over found: IndividualEnrollment?, _ attestation: AttestationMechanism, _ status: ProvisioningStatus
    ) -> IndividualEnrollment {
        var entry =
            found?.writable
            ?? IndividualEnrollment(registrationId: id.rawValue, attestation: attestation)
        entry.registrationId = id.rawValue
        entry.attestation = attestation
        entry.provisioningStatus = status
        if let policy = settings.allocation.policy {
            entry.allocationPolicy = policy
            entry.customAllocationDefinition = settings.allocation.webhook
        }
        if let hubs = settings.allocation.hubs { entry.iotHubs = hubs }
        if let reprovisioning = settings.reprovisioning { entry.reprovisionPolicy = reprovisioning.policy }
        if settings.isEdge { entry.capabilities = DeviceCapabilities(iotEdge: true) }
        var notes = entry.optionalDeviceInformation ?? [:]
        notes[AzureNote.member] = note.value
        entry.optionalDeviceInformation = notes
        entry.initialTwin = twin(over: entry.initialTwin)
        return entry
    }

    private func twin(over found: InitialTwin?) -> InitialTwin {
        var tags = found?.tags ?? [:]
        tags.merge(settings.twin.tags(for: work.device)) { _, new in new }
        tags[AzureNote.member] = note.tag
        var desired = found?.properties?.desired ?? [:]
        desired.merge(settings.twin.desired(for: work.device)) { _, new in new }
        return InitialTwin(
            tags: tags, properties: desired.isEmpty ? nil : InitialTwin.Properties(desired: desired))
    }

    /// Whether two entries say the same, apart from the attestation and from which work wrote last.
    func isSame(_ left: IndividualEnrollment, _ right: IndividualEnrollment) -> Bool {
        func comparable(_ entry: IndividualEnrollment) -> IndividualEnrollment {
            var copy = entry.writable
            copy.registrationId = RegistrationID.lowered(entry.registrationId)
            copy.attestation = AttestationMechanism(type: .none)
            if var note = AzureNote(reading: copy.optionalDeviceInformation) {
                note.work = nil
                copy.optionalDeviceInformation?[AzureNote.member] = note.value
            }
            return copy
        }
        return comparable(left) == comparable(right)
    }

    /// Writes an entry over the version that was read.
    func write(
        _ attestation: AttestationMechanism, hasKeys: Bool, _ status: ProvisioningStatus,
        over found: IndividualEnrollment
    ) -> TargetStep {
        let entry = wished(over: found, attestation, status)
        return .call(calls.put(entry, etag: found.etag.map(ETag.init) ?? .any, hasKeys: hasKeys))
    }

    /// The keys of the entry that was read.
    var readKeys: TargetStep { .call(calls.keys(id)) }
}
