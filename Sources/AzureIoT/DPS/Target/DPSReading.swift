import Model
import TargetCore

/// What an answer of the provisioning service teaches a work.
struct DPSReading {
    let reply: CloudReply
    let call: CloudCall
    let work: TargetWork

    private var isUndoing: Bool { work.fault != nil }

    func enrollment() -> TargetReading {
        if isAbsent { return .learned(noting(AzureFact.absent)) }
        guard reply.status == 200 else { return refused }
        guard let entry = entryOfCall else { return notUnderstood }
        let note = AzureNote(reading: entry.optionalDeviceInformation)
        guard isUndoing || AzureNote(work).isOfSameDevice(as: note) else {
            return .fault(.enrollmentOfAnother(entry.registrationId))
        }
        return .learned(noting(AzureFact.text(entry.withoutKeys), isOwn: note == AzureNote(work)))
    }

    /// The first read of all says what was there before: nothing, when it finds what a creation has made whose answer was
    /// lost.
    private func noting(_ text: String, isOwn: Bool = false) -> [String: String] {
        var facts = [AzureFact.enrollment: text]
        if work.facts[AzureFact.before] == nil {
            facts[AzureFact.before] = isOwn && work.isInDoubt(DPSCalls.putName) ? AzureFact.absent : text
        }
        if isUndoing { facts[AzureFact.looked] = AzureFact.yes }
        return facts
    }

    func written() -> TargetReading {
        let isCreation = call.repeats == .creating
        if isCreation, reply.status == 409 { return .learned([AzureFact.exists: AzureFact.yes]) }
        guard reply.status == 200 else { return refused }
        guard var entry = entryOfCall else { return notUnderstood }
        // Of registrations an answer to many says nothing.
        entry.registrationState =
            entry.registrationState ?? AzureJournal(work: work).enrollment?.value?.registrationState
        var facts = [
            AzureFact.enrollment: AzureFact.text(entry.withoutKeys),
            AzureFact.wroteEnrollment: entry.etag ?? "",
        ]
        if isCreation { facts[AzureFact.before] = AzureFact.absent }
        if isUndoing { facts[AzureFact.undone] = AzureFact.yes }
        return .learned(facts)
    }

    /// The entry of the answer, if it is the one that was asked for.
    private var entryOfCall: IndividualEnrollment? {
        guard let entry = openJSON(IndividualEnrollment.self, reply.body), call.path.count >= 2,
            RegistrationID.lowered(entry.registrationId) == call.path[1]
        else { return nil }
        return entry
    }

    func deleted(_ gone: String, _ record: String) -> TargetReading {
        guard isAbsent || reply.isDeletion else { return refused }
        var facts = [gone: AzureFact.yes, record: AzureFact.absent]
        if isUndoing { facts[AzureFact.undone] = AzureFact.yes }
        return .learned(facts)
    }

    func keys(_ name: SecretName) -> TargetReading {
        guard reply.status == 200 else { return refused }
        guard let attestation = openJSON(AttestationMechanism.self, reply.body) else { return notUnderstood }
        let journal = AzureJournal(work: work)
        let etag = name == .group ? journal.group?.value?.etag : journal.enrollment?.value?.etag
        guard let primary = attestation.symmetricKey?.primaryKey, !primary.isEmpty,
            let secondary = attestation.symmetricKey?.secondaryKey, !secondary.isEmpty
        else { return .fault(.keysWithheld) }
        return .learned(
            [:], secrets: [name.primary(etag): Redacted(primary), name.secondary(etag): Redacted(secondary)])
    }

    func group() -> TargetReading {
        if isAbsent { return .learned([AzureFact.group: AzureFact.absent]) }
        guard reply.status == 200 else { return refused }
        guard let group = openJSON(EnrollmentGroup.self, reply.body) else { return notUnderstood }
        return .learned([AzureFact.group: AzureFact.text(group.withoutKeys)])
    }

    func groupWritten() -> TargetReading {
        guard reply.status == 200 else { return refused }
        guard let group = openJSON(EnrollmentGroup.self, reply.body) else { return notUnderstood }
        return .learned([
            AzureFact.group: AzureFact.text(group.withoutKeys), AzureFact.wroteGroup: group.etag ?? "",
        ])
    }

    func registration() -> TargetReading {
        if isAbsent { return .learned([AzureFact.registration: AzureFact.absent]) }
        guard reply.status == 200 else { return refused }
        guard var state = openJSON(DeviceRegistrationState.self, reply.body),
            state.registrationId.map({ RegistrationID.lowered($0) == call.path.last }) ?? true,
            state.status != nil
        else { return notUnderstood }
        state.payload = nil
        var facts = [AzureFact.registration: AzureFact.text(state)]
        if let hub = state.assignedHub { facts[AzureFact.hub] = hub }
        if let device = state.deviceId { facts[AzureFact.hubDeviceID] = device }
        return .learned(facts)
    }

    // MARK: Refusals

    /// Not found by the service's own word: a page of something in between is no such word.
    private var isAbsent: Bool {
        guard reply.status == 404, let number = AzureErrorBody(reading: reply).number else { return false }
        return number / 1000 == 404
    }

    private var refused: TargetReading {
        (200...399).contains(reply.status)
            ? notUnderstood : .fault(AzureFaults.read(reply, plane: AzurePlane(name: call.plane)))
    }

    private var notUnderstood: TargetReading { .fault(AzureFaults.notUnderstood(reply, call)) }
}

extension CloudReply {
    /// 204, or 200 that says nothing: a page of something in between is no deletion.
    var isDeletion: Bool { status == 204 || status == 200 && body.isEmpty }
}
