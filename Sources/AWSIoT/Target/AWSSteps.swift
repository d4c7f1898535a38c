import Model
import TargetCore

/// Finds the next step of a work: of each stage the first call that has not been answered.
struct AWSSteps {
    let target: AWSTarget
    let work: TargetWork

    var settings: AWSSettings { target.settings }
    var name: String { work.device.name }

    var forward: TargetStep {
        switch work.intent {
        case .provision: provision
        case .rotate: rotation
        case .finishRotation: rotationEnd
        case .disable: disabling
        case .enable: enabling
        case .remove: removal
        case .describe: description
        case .verifySeen: verification
        }
    }

    /// A question, unless it was refused on the way back, where nothing may be asked for ever.
    func asked(_ call: CloudCall) -> TargetStep? {
        work.fault != nil && work.isDone(call) ? nil : .call(call)
    }

    /// The call, until it has been answered.
    func once(_ call: CloudCall) -> TargetStep? { work.isDone(call) ? nil : .call(call) }

    /// The first of the calls that has not been answered.
    func each(_ calls: [CloudCall]) -> TargetStep? {
        calls.first { !work.isDone($0) }.map { .call($0) }
    }

    func refused(_ fault: AWSOwnFault) -> TargetStep { .refused(fault.fault(of: name)) }

    func arn(_ id: String) -> String {
        AWSName(.certificate, id, endpoint: settings.endpoint, account: settings.accountID).description
    }

    var endpointStep: TargetStep? {
        settings.deviceEndpoint == nil && work[AWSFact.endpoint] == nil
            ? .call(AWSCalls.describeEndpoint()) : nil
    }

    /// Asks for the thing, until it is known whether it is there.
    var thingStep: TargetStep? {
        work[AWSFact.thing] == nil ? .call(AWSCalls.describeThing(name)) : nil
    }

    /// Lists the principals of a thing that was there before.
    var principalsStep: TargetStep? {
        guard work[AWSFact.thing] == AWSFact.found, work[AWSFact.principalsDone] == nil else { return nil }
        return .call(AWSCalls.listThingPrincipals(name, nextToken: work[AWSFact.principalsNext]))
    }

    /// Reads those certificates that have not been read.
    func statusStep(_ ids: [String]) -> TargetStep? {
        ids.first { work[AWSFact.status($0)] == nil }.map { .call(AWSCalls.describeCertificate($0)) }
    }

    func status(_ id: String) -> String? { work[AWSFact.status(id)] }

    func isActive(_ id: String) -> Bool { status(id) == AWSCertificateStatus.active.rawValue }

    /// What the device is there once all is done.
    func outcome(
        _ standing: DeviceTarget.Standing = .enabled, certificate: String?, previous: [String] = [],
        disabled: [String] = []
    ) -> DeviceTarget {
        var marks: [String: String] = [:]
        marks[AWSMark.thing] = work[AWSFact.thingARN]
        marks[AWSMark.certificate] = certificate
        marks[AWSMark.previous] = previous.isEmpty ? nil : previous.joined(separator: ",")
        marks[AWSMark.disabled] = disabled.isEmpty ? nil : disabled.joined(separator: ",")
        let host = settings.deviceEndpoint ?? work[AWSFact.endpoint]
        return DeviceTarget(
            target: target.targetID, kind: .aws, name: name, place: settings.endpoint.region,
            reason:
                "The target stands for region \(settings.endpoint.region) of account \(settings.accountID).",
            endpoint: host.map { "mqtts://\($0):8883" }, standing: standing, marks: marks,
            client: settings.client?.client(of: name))
    }
}
