import Model
import TargetCore

/// What an answer of a hub teaches a work.
struct HubReading {
    let reply: CloudReply
    let call: CloudCall
    let work: TargetWork
    /// What the work writes into what it makes, where it makes devices.
    var sign: HubSign?

    private var isUndoing: Bool { work.fault != nil }

    /// Reads, writes and deletions of a device.
    func device() -> TargetReading {
        switch call.method {
        case "DELETE": deleted()
        default: read()
        }
    }

    private func read() -> TargetReading {
        let isWrite = call.method == "PUT"
        if !isWrite, isAbsent { return .learned(noting(AzureFact.absent)) }
        let isCreation = call.repeats == .creating
        if isCreation, reply.status == 409 { return .learned([AzureFact.exists: AzureFact.yes]) }
        guard reply.status == 200 else { return refused }
        guard let device = openJSON(HubDevice.self, reply.body), device.deviceId == call.path.last else {
            return notUnderstood
        }
        let isOwn = sign != nil && HubSign(reading: device.statusReason) == sign
        var facts = isWrite ? [:] : noting(AzureFact.text(device.withoutKeys), isOwn: isOwn)
        if isCreation { facts[AzureFact.before] = AzureFact.absent }
        if isWrite {
            facts[AzureFact.hubDevice] = AzureFact.text(device.withoutKeys)
            facts[AzureFact.wroteHubDevice] = device.etag ?? ""
            if isUndoing { facts[AzureFact.undone] = AzureFact.yes }
        }
        let secrets = secrets(of: device)
        if !isWrite, secrets.isEmpty, device.authentication?.type == .sas, needsKeys {
            return .fault(.keysWithheld)
        }
        return .learned(facts, secrets: secrets)
    }

    /// Whether the work gives the device's keys away or writes them back.
    private var needsKeys: Bool {
        switch work.intent {
        case .provision, .rotate, .finishRotation, .disable, .enable: true
        case .describe, .remove, .verifySeen: false
        }
    }

    /// The first read of all says what was there before: nothing, when it finds what a creation has made whose answer was
    /// lost.
    private func noting(_ text: String, isOwn: Bool = false) -> [String: String] {
        var facts = [AzureFact.hubDevice: text]
        if work.facts[AzureFact.before] == nil {
            facts[AzureFact.before] = isOwn && work.isInDoubt(HubCalls.putName) ? AzureFact.absent : text
        }
        if isUndoing { facts[AzureFact.looked] = AzureFact.yes }
        return facts
    }

    private func secrets(of device: HubDevice) -> [String: Redacted<String>] {
        guard let primary = device.authentication?.symmetricKey?.primaryKey, !primary.isEmpty,
            let secondary = device.authentication?.symmetricKey?.secondaryKey, !secondary.isEmpty
        else { return [:] }
        return [
            SecretName.hubDevice.primary(device.etag): Redacted(primary),
            SecretName.hubDevice.secondary(device.etag): Redacted(secondary),
        ]
    }

    private func deleted() -> TargetReading {
        guard isAbsent || reply.isDeletion else { return refused }
        var facts = [AzureFact.goneHubDevice: AzureFact.yes, AzureFact.hubDevice: AzureFact.absent]
        if isUndoing { facts[AzureFact.undone] = AzureFact.yes }
        return .learned(facts)
    }

    func twin() -> TargetReading {
        let isWrite = call.method != "GET"
        if !isWrite, isAbsent { return .learned([AzureFact.twin: AzureFact.absent]) }
        guard reply.status == 200 else { return refused }
        guard var twin = openJSON(HubTwin.self, reply.body) else { return notUnderstood }
        twin.properties = nil
        var facts = [AzureFact.twin: AzureFact.text(twin)]
        if isWrite { facts[AzureFact.wroteTwin] = AzureFact.yes }
        return .learned(facts)
    }

    /// Not found by the hub's own word.
    private var isAbsent: Bool {
        guard reply.status == 404 else { return false }
        let body = AzureErrorBody(reading: reply)
        return body.number == 404_001 || body.name == "DeviceNotFound"
    }

    private var refused: TargetReading {
        (200...399).contains(reply.status)
            ? notUnderstood : .fault(AzureFaults.read(reply, plane: AzurePlane(name: call.plane)))
    }

    private var notUnderstood: TargetReading { .fault(AzureFaults.notUnderstood(reply, call)) }
}
