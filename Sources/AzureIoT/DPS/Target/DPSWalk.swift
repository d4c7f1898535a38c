import Model
import TargetCore

/// One work at a provisioning service, at the point that its journal has come to.
struct DPSWalk {
    let target: AzureDPSTarget
    let id: RegistrationID
    let work: TargetWork
    let journal: AzureJournal
    let calls: DPSCalls

    init(target: AzureDPSTarget, id: RegistrationID, work: TargetWork) {
        self.target = target
        self.id = id
        self.work = work
        journal = AzureJournal(work: work)
        calls = DPSCalls(apiVersion: target.settings.apiVersions.service)
    }

    var settings: AzureDPSSettings { target.settings }
    var enrolment: AzureEnrolment { target.settings.enrolment }
    var note: AzureNote { AzureNote(work) }

    // MARK: Outcomes

    /// What becomes known of the device.
    func device(
        _ reason: String, standing: DeviceTarget.Standing = .enabled, marks: [String: String?] = [:]
    ) -> DeviceTarget {
        var all = work.device.marks
        all[AzureMark.registrationID] = id.rawValue
        all[AzureMark.enrolment] = enrolment.group.map { "group \($0)" } ?? "individual"
        if let hub = hubHost { all[AzureMark.hub] = hub }
        for (mark, value) in marks { all[mark] = value }
        return DeviceTarget(
            target: target.targetID, kind: .azureDPS, name: id.rawValue, place: all[AzureMark.hub],
            reason: reason,
            endpoint: settings.deviceEndpoint, standing: standing, marks: all,
            client: all[AzureMark.hub].map { HubMQTT(host: $0, deviceID: hubDeviceID).client })
    }

    /// The hub that the device was assigned to, as far as it is known.
    var hubHost: String? {
        work.facts[AzureFact.hub] ?? journal.enrollment?.value?.registrationState?.assignedHub
            ?? work.device.marks[AzureMark.hub]
    }

    /// The device's name at its hub.
    var hubDeviceID: String {
        work.facts[AzureFact.hubDeviceID] ?? journal.enrollment?.value?.deviceId ?? id.rawValue
    }
}
