package import Model
package import TargetCore

/// The registry of one hub as a target, where no provisioning service stands before it.
///
/// Devices are written over only when they are Muster's for the very device. Nothing here connects as the
/// device: a second connection of one name would throw the first out.
package struct IoTHubTarget: Target {
    package let targetID: TargetID
    package let settings: IoTHubSettings
    let digests: CloudDigests
    let surroundings: AzureSurroundings

    package init(
        targetID: TargetID, settings: IoTHubSettings, digests: CloudDigests, surroundings: AzureSurroundings
    ) {
        self.targetID = targetID
        self.settings = settings
        self.digests = digests
        self.surroundings = surroundings
    }

    package var kind: TargetKind { .iotHub }

    package var capabilities: TargetCapabilities {
        let proof: TargetCapabilities.Proof =
            switch settings.proof {
            case .thumbprint: .deviceCertificate
            case .authority: .authority
            case .symmetricKey: .symmetricKey
            }
        return TargetCapabilities(proofs: [proof], intents: Set(TargetIntent.allCases))
    }

    /// The name that the hub is to know the device by; `nil` when the device's name has characters that are
    /// none of its.
    package func hubDeviceID(from device: TargetDevice) -> HubDeviceID? { HubDeviceID(rawValue: device.name) }

    package func step(of work: TargetWork, at now: Timestamp) -> TargetStep {
        guard let id = hubDeviceID(from: work.device) else {
            return .refused(work.fault ?? .hubDeviceIDCharacters(work.device.name))
        }
        return step(of: work, HubWalk(target: self, id: id, work: work))
            .givingServiceRoots(settings.deviceRoots ?? MicrosoftRoots.both, for: work.intent)
    }

    private func step(of work: TargetWork, _ walk: HubWalk) -> TargetStep {
        if let fault = work.fault { return walk.undoing(fault) }
        switch work.intent {
        case .provision: return walk.provision()
        case .describe, .verifySeen: return walk.describe()
        case .rotate: return walk.rotate()
        case .finishRotation: return walk.finishRotation()
        case .disable: return walk.stand(.disabled)
        case .enable: return walk.stand(.enabled)
        case .remove: return walk.remove()
        }
    }

    package func reading(of reply: CloudReply, to call: CloudCall, in work: TargetWork) -> TargetReading {
        let reading = HubReading(reply: reply, call: call, work: work)
        switch call.name {
        case "GET /devices/{id}", "PUT /devices/{id}", "DELETE /devices/{id}": return reading.device()
        case "GET /twins/{id}", "PATCH /twins/{id}": return reading.twin()
        default: return .fault(AzureFaults.notUnderstood(reply, call))
        }
    }
}
