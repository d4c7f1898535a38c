import Model
import TargetCore

extension DPSWalk {
    func provision() -> TargetStep {
        if let group = enrolment.group { return provision(inGroup: group) }
        let desired: AttestationMechanism
        do {
            desired = try desiredAttestation()
        } catch {
            return .refused(error)
        }
        switch journal.enrollment {
        case nil where isNew: return .call(calls.create(wished(over: nil, desired, .enabled)))
        case nil: return .call(calls.enrollment(id))
        case .absent: return .call(calls.put(wished(over: nil, desired, .enabled), etag: nil))
        case .present(let found): return provision(desired, over: found)
        }
    }

    /// Whether an entry is made without a look: among many, where nothing speaks for one that is there already. One that is
    /// there after all refuses it. Alone, the look comes first, which leaves nothing behind where the service is away.
    private var isNew: Bool {
        work.isInCompany && work.device.marks[AzureMark.registrationID] == nil && journal.before == nil
            && !journal.has(AzureFact.exists) && !isCreationInDoubt
    }

    private func provision(
        _ desired: AttestationMechanism, over found: IndividualEnrollment
    ) -> TargetStep {
        let attests = attests(found.attestation, desired)
        let isSame = isSame(found, wished(over: found, found.attestation, .enabled))
        if attests && isSame || journal.wrote(AzureFact.wroteEnrollment, found.etag) {
            return provisioned(found)
        }
        guard attests else { return write(desired, hasKeys: false, .enabled, over: found) }
        switch rewriting(found) {
        case .ready(let attestation, let hasKeys):
            return write(attestation, hasKeys: hasKeys, .enabled, over: found)
        case .keysFirst: return readKeys
        // The slot that is the device's own is at hand; another that is not goes.
        case .certificateLacking: return write(desired, hasKeys: false, .enabled, over: found)
        }
    }

    private func provisioned(_ found: IndividualEnrollment) -> TargetStep {
        let reason = "enrolled by itself at \(settings.serviceHost)"
        guard found.attestation.type == .symmetricKey else {
            let isFirst = found.attestation.x509?.clientCertificates?.secondary == nil
            let marks: [String: String?] = isFirst && leaf != nil ? [AzureMark.certificate: leaf] : [:]
            return .done(TargetOutcome(device: device(reason, marks: marks)))
        }
        guard let keys = journal.keys(.enrollment, found.etag) else { return readKeys }
        return .done(TargetOutcome(device: device(reason), key: keys.primary))
    }
}
