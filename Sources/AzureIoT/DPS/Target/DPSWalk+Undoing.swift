import Model
import TargetCore

extension DPSWalk {
    /// Takes back what this work wrote into the device's entry, and nothing else.
    ///
    /// What keeps a device out is never taken back: half of a removal or a disabling is safer than none. A
    /// group that was made stays too, since other devices may have come by it. Ending a rotation is its own
    /// last call.
    func undoing(_ fault: TargetFault) -> TargetStep {
        switch work.intent {
        case .describe, .verifySeen, .finishRotation: return .refused(fault)
        case .disable, .remove: return .refused(fault.saying(sayingWhatStays))
        case .provision, .rotate, .enable: break
        }
        guard journal.before != nil || isCreationInDoubt, !journal.has(AzureFact.undone) else {
            return .refused(fault)
        }
        if enrolment.group != nil, journal.before == .absent { return .refused(fault) }
        let look = calls.enrollment(id)
        if isLeft(look) { return .refused(fault) }
        guard journal.has(AzureFact.looked), let seen = journal.enrollment, let before = journal.before else {
            return .call(look)
        }
        if enrolment.group != nil { return keepingOut(seen, fault) }
        guard let found = seen.value, isWrittenByThisWork(found) else { return .refused(fault) }
        return undoing(found, to: before, fault)
    }

    /// Enters the device of a group again as kept out, when this work let it in.
    private func keepingOut(_ seen: Seen<IndividualEnrollment>, _ fault: TargetFault) -> TargetStep {
        let call = calls.put(blockingEntry(), etag: nil)
        return seen != .absent || isLeft(call) ? .refused(fault) : .call(call)
    }

    private func undoing(
        _ found: IndividualEnrollment, to before: Seen<IndividualEnrollment>, _ fault: TargetFault
    ) -> TargetStep {
        let etag = found.etag.map(ETag.init) ?? .any
        guard case .present(let earlier) = before else {
            let call = calls.deleteEnrollment(id, etag: etag)
            return isLeft(call) ? .refused(fault) : .call(call)
        }
        guard let (attestation, hasKeys) = earlierAttestation(earlier, found) else {
            return isLeft(calls.keys(id)) || earlier.attestation.type != .symmetricKey
                ? .refused(fault.saying("The enrollment stays as the work left it")) : readKeys
        }
        var entry = earlier.writable
        entry.attestation = attestation
        let call = calls.put(entry, etag: etag, hasKeys: hasKeys)
        return isLeft(call) ? .refused(fault) : .call(call)
    }

    /// What the device proved itself by before; `nil` when that is not at hand.
    private func earlierAttestation(
        _ earlier: IndividualEnrollment, _ found: IndividualEnrollment
    ) -> (AttestationMechanism, hasKeys: Bool)? {
        guard earlier.attestation.type == .symmetricKey else {
            guard case .ready(let attestation, let hasKeys) = rewriting(earlier) else { return nil }
            return (attestation, hasKeys)
        }
        guard let keys = journal.keys(.enrollment, earlier.etag) ?? journal.keys(.enrollment, found.etag)
        else {
            return nil
        }
        return (.keys(keys.primary, keys.secondary), true)
    }

    private func isWrittenByThisWork(_ found: IndividualEnrollment) -> Bool {
        AzureNote(reading: found.optionalDeviceInformation) == note
    }

    /// Whether that call of the undoing was refused for good.
    private func isLeft(_ call: CloudCall) -> Bool { work.facts[TargetWork.leftPrefix + call.name] != nil }

    private var sayingWhatStays: String {
        var done: [String] = []
        if journal.has(AzureFact.wroteEnrollment) { done.append("The enrollment is disabled and stays so") }
        if journal.has(AzureFact.goneEnrollment) { done.append("The enrollment is removed already") }
        if journal.has(AzureFact.goneRegistration) {
            done.append("The record of registrations is removed already")
        }
        return done.joined(separator: ". ")
    }
}

extension TargetFault {
    /// The same fault with further sentences.
    func saying(_ sentences: String) -> TargetFault {
        guard !sentences.isEmpty else { return self }
        var copy = self
        copy.what += ". " + sentences
        return copy
    }
}
