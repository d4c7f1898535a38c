import Model
import TargetCore

/// One work at a hub, at the point that its journal has come to.
struct HubWalk {
    let target: IoTHubTarget
    let id: HubDeviceID
    let work: TargetWork
    let journal: AzureJournal
    let calls: HubCalls

    init(target: IoTHubTarget, id: HubDeviceID, work: TargetWork) {
        self.target = target
        self.id = id
        self.work = work
        journal = AzureJournal(work: work)
        calls = HubCalls(host: target.settings.host, apiVersion: target.settings.apiVersion)
    }

    var settings: IoTHubSettings { target.settings }
    var sign: HubSign { HubSign(work, target.digests) }
    var read: TargetStep { .call(calls.device(id.rawValue)) }

    /// The device that is there, once it is known to be the one of this work.
    enum Standing {
        case step(TargetStep)
        case absent
        case own(HubDevice)
    }

    /// Reads the device, and its tags when the device itself does not say whose it is.
    func find() -> Standing {
        switch journal.hubDevice {
        case nil: return .step(read)
        case .absent: return .absent
        case .present(let found):
            if HubSign(reading: found.statusReason)?.owner == sign.owner { return .own(found) }
            guard let twin = journal.twin else { return .step(.call(calls.twin(id.rawValue))) }
            guard AzureNote(work).isOfSameDevice(as: AzureNote(reading: twin.value?.tags)) else {
                return .step(.refused(.hubDeviceOfAnother(found.deviceId)))
            }
            return .own(found)
        }
    }

    func isWritten(_ found: HubDevice) -> Bool { journal.wrote(AzureFact.wroteHubDevice, found.etag) }

    /// Writes the device with a change, signed.
    func write(_ found: HubDevice, _ change: (inout HubDevice) -> Void) -> TargetStep {
        HubRewriting(journal: journal, calls: calls).write(found) { device in
            change(&device)
            device.statusReason = sign.text
        }
    }

    // MARK: Outcomes

    func device(
        _ reason: String, _ found: HubDevice, marks: [String: String?] = [:]
    ) -> DeviceTarget {
        var all = work.device.marks
        all[AzureMark.hub] = settings.host
        for (mark, value) in marks { all[mark] = value }
        return DeviceTarget(
            target: target.targetID, kind: .iotHub, name: id.rawValue, place: settings.host, reason: reason,
            endpoint: "mqtts://\(settings.host):8883",
            standing: found.status == .disabled ? .disabled : .enabled, marks: all,
            client: HubMQTT(host: settings.host, deviceID: id.rawValue).client)
    }

    /// The certificate that the device has now, by its proof.
    var leaf: String? {
        guard case .certificate(let chain) = work.device.proof else { return nil }
        return CertificatePEM.leaf(of: chain)
    }

    func thumbprint(of pem: String) -> String? { CertificatePEM.thumbprint(pem, target.digests) }
}
