import Model
import TargetCore

extension DPSWalk {
    func rotate() -> TargetStep {
        rotation(whenGroup: "the group's authority lets the new certificate in") { rotate($0) }
    }

    func finishRotation() -> TargetStep {
        rotation(whenGroup: "the group's authority answers for the certificate") { finishRotation($0) }
    }

    /// What both halves have in common: the entry is read, and groups have nothing to write.
    private func rotation(
        whenGroup reason: String, _ next: (IndividualEnrollment) -> TargetStep
    ) -> TargetStep {
        if let group = enrolment.group {
            guard enrolment.proof != .symmetricKey else { return .refused(.groupKeyRotates(group)) }
            return .done(TargetOutcome(device: device(reason)))
        }
        switch journal.enrollment {
        case nil: return .call(calls.enrollment(id))
        case .absent: return .refused(.enrollmentMissing(id))
        case .present(let found): return next(found)
        }
    }

    private func rotate(_ found: IndividualEnrollment) -> TargetStep {
        let attestation = found.attestation
        if attestation.type == .symmetricKey {
            // Either key lets the device in, and only the first was ever given away.
            guard let keys = journal.keys(.enrollment, found.etag) else { return readKeys }
            let known = device(
                "its second key is let in beside the first", standing: standing(found),
                marks: [AzureMark.candidateKey: hash(keys.secondary)])
            return .done(TargetOutcome(device: known, key: keys.secondary))
        }
        if attestation.type == .tpm { return .refused(.tpmRotates) }
        guard let slots = attestation.x509?.clientCertificates else {
            return .done(TargetOutcome(device: device("its authority lets the new certificate in")))
        }
        guard let leaf, let wanted = thumbprint(of: leaf) else {
            return .refused(.proofMissing("a certificate"))
        }
        let primary = slots.primary.flatMap(text)
        let isIn = [slots.primary, slots.secondary].contains { $0.flatMap(thumbprint) == wanted }
        if isIn || isWritten(found) {
            let old = primary ?? work.device.marks[AzureMark.certificate] ?? leaf
            let marks = [AzureMark.certificate: old, AzureMark.candidate: leaf]
            let known = device(
                "its new certificate is let in beside the old one", standing: standing(found), marks: marks)
            return .done(TargetOutcome(device: known))
        }
        guard let primary else { return .refused(.oldCertificateLacking) }
        return write(
            .leaf(primary, next: leaf), hasKeys: false, found.provisioningStatus ?? .enabled, over: found)
    }

    private func finishRotation(_ found: IndividualEnrollment) -> TargetStep {
        let attestation = found.attestation
        if attestation.type == .symmetricKey { return finishKeys(found) }
        if attestation.type == .tpm { return .refused(.tpmRotates) }
        guard let slots = attestation.x509?.clientCertificates else {
            return .done(TargetOutcome(device: device("its authority answers for the certificate")))
        }
        guard let candidate = work.device.marks[AzureMark.candidate] ?? leaf,
            let wanted = thumbprint(of: candidate)
        else { return .refused(.rotationNotBegun) }
        let isFirst = slots.primary.flatMap(thumbprint) == wanted
        if isFirst && slots.secondary == nil || isWritten(found) {
            let marks: [String: String?] = [AzureMark.certificate: candidate, AzureMark.candidate: nil]
            let known = device(
                "its new certificate alone is let in", standing: standing(found), marks: marks)
            return .done(TargetOutcome(device: known))
        }
        guard isFirst || slots.secondary.flatMap(thumbprint) == wanted else {
            return .refused(.rotationNotBegun)
        }
        return write(.leaf(candidate), hasKeys: false, found.provisioningStatus ?? .enabled, over: found)
    }

    /// The key that the device has proven moves to the first slot, and a key that nobody has to the second.
    private func finishKeys(_ found: IndividualEnrollment) -> TargetStep {
        let known = device(
            "its new key alone is let in; its hub takes that up when the device next registers",
            standing: standing(found), marks: [AzureMark.candidateKey: nil])
        if isWritten(found) { return .done(TargetOutcome(device: known)) }
        guard let keys = journal.keys(.enrollment, found.etag) else { return readKeys }
        guard let candidate = work.device.marks[AzureMark.candidateKey] else {
            return .refused(.rotationNotBegun)
        }
        if hash(keys.primary) == candidate { return .done(TargetOutcome(device: known)) }
        guard hash(keys.secondary) == candidate else { return .refused(.rotationNotBegun) }
        let fresh = target.surroundings.freshKey("azure-dps \(settings.serviceHost) \(id) \(work.workID)")
        return write(
            .keys(keys.secondary, fresh), hasKeys: true, found.provisioningStatus ?? .enabled, over: found)
    }

    private func isWritten(_ found: IndividualEnrollment) -> Bool {
        journal.wrote(AzureFact.wroteEnrollment, found.etag)
    }

    func standing(_ found: IndividualEnrollment) -> DeviceTarget.Standing {
        found.provisioningStatus == .disabled ? .disabled : .enabled
    }

    /// Keys are long and random, so that their hash gives nothing away.
    private func hash(_ key: Redacted<String>) -> String {
        Hexadecimal.encode(target.digests.sha256(Array(key.unredacted.utf8)))
    }
}
