import Model
import TargetCore

/// Devices of a group: they need no entry of their own. One that is disabled keeps its device out.
extension DPSWalk {
    func provision(inGroup name: String) -> TargetStep {
        guard let entry = journal.enrollment else { return .call(calls.enrollment(id)) }
        guard let seen = journal.group else { return .call(calls.group(name)) }
        guard case .present(let group) = seen else {
            guard enrolment.makesGroup else { return .refused(.groupMissing(name)) }
            return .call(calls.put(wishedGroup(name), etag: nil))
        }
        if let fault = fault(in: group) { return .refused(fault) }
        let isSymmetric = enrolment.proof == .symmetricKey
        if isSymmetric, journal.keys(.group, group.etag) == nil { return .call(calls.groupKeys(name)) }
        // Last, so that nothing is to be undone: the entry that kept the device out.
        if case .present(let found) = entry {
            return .call(calls.deleteEnrollment(id, etag: found.etag.map(ETag.init) ?? .any))
        }
        let marks: [String: String?] = leaf.map { [AzureMark.certificate: $0] } ?? [:]
        let known = device("let in by the group \(name) at \(settings.serviceHost)", marks: marks)
        guard isSymmetric, let keys = journal.keys(.group, group.etag) else {
            return .done(TargetOutcome(device: known))
        }
        do {
            let key = try SymmetricKey.derived(from: keys.primary, for: id, target.digests)
            return .done(TargetOutcome(device: known, key: key))
        } catch {
            return .refused(.groupKeyForm(name))
        }
    }

    private func wishedGroup(_ name: String) -> EnrollmentGroup {
        var group = EnrollmentGroup(
            enrollmentGroupId: name,
            attestation: enrolment.proof == .symmetricKey
                ? AttestationMechanism(type: .symmetricKey) : authorityReference)
        group.provisioningStatus = .enabled
        group.allocationPolicy = settings.allocation.policy
        group.iotHubs = settings.allocation.hubs
        group.customAllocationDefinition = settings.allocation.webhook
        group.reprovisionPolicy = settings.reprovisioning?.policy
        if settings.isEdge { group.capabilities = DeviceCapabilities(iotEdge: true) }
        return group
    }

    /// Why a group that is there does not let the device in as the settings say.
    private func fault(in group: EnrollmentGroup) -> TargetFault? {
        let name = group.enrollmentGroupId
        if group.provisioningStatus == .disabled { return .groupDisabled(name) }
        switch enrolment.proof {
        case .symmetricKey:
            return group.attestation.type == .symmetricKey ? nil : .groupDiffers(name)
        case .authority, .certificate, .tpm:
            guard group.attestation.type == .x509 else { return .groupDiffers(name) }
            // A group may name its CA by the certificate itself, which cannot be held against a name.
            guard let references = group.attestation.x509?.caReferences else { return nil }
            let named = [references.primary, references.secondary]
            return named.contains(enrolment.authority) ? nil : .groupDiffers(name)
        }
    }

    /// An entry that keeps one device of the group out.
    func blockingEntry() -> IndividualEnrollment {
        let certificate = leaf ?? work.device.marks[AzureMark.certificate]
        let attestation =
            certificate.map { AttestationMechanism.leaf($0) }
            ?? AttestationMechanism(type: .symmetricKey)
        return wished(over: nil, attestation, .disabled)
    }
}
