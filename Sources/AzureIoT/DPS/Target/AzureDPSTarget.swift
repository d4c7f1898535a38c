package import Model
package import TargetCore

/// A Device Provisioning Service as a target: devices are entered there, register by themselves and get a
/// hub.
///
/// Entries are written over only when they are Muster's for the very device; whoever else's stay as they are.
package struct AzureDPSTarget: Target {
    package let targetID: TargetID
    package let settings: AzureDPSSettings
    let digests: CloudDigests
    let surroundings: AzureSurroundings

    package init(
        targetID: TargetID, settings: AzureDPSSettings, digests: CloudDigests, surroundings: AzureSurroundings
    ) {
        self.targetID = targetID
        self.settings = settings
        self.digests = digests
        self.surroundings = surroundings
    }

    package var kind: TargetKind { .azureDPS }

    package var capabilities: TargetCapabilities {
        let enrolment = settings.enrolment
        var intents = Set(TargetIntent.allCases)
        let proof: TargetCapabilities.Proof
        switch enrolment.proof {
        case .certificate: proof = .deviceCertificate
        case .authority: proof = .authority
        case .tpm: proof = .tpm
        case .symmetricKey: proof = .symmetricKey
        }
        if enrolment.proof == .tpm || (enrolment.group != nil && enrolment.proof == .symmetricKey) {
            intents.subtract([.rotate, .finishRotation])
        }
        return TargetCapabilities(proofs: [proof], intents: intents)
    }

    /// The name that the service is to know the device by; `nil` when the device's name has characters that
    /// are none of a registration id's.
    package func registrationID(from device: TargetDevice) -> RegistrationID? {
        RegistrationID(lowering: device.name)
    }

    package func step(of work: TargetWork, at now: Timestamp) -> TargetStep {
        guard let id = registrationID(from: work.device) else {
            return .refused(work.fault ?? .registrationIDCharacters(work.device.name))
        }
        return step(of: work, DPSWalk(target: self, id: id, work: work))
            .givingServiceRoots(settings.deviceRoots ?? MicrosoftRoots.both, for: work.intent)
    }

    private func step(of work: TargetWork, _ walk: DPSWalk) -> TargetStep {
        if let fault = work.fault { return walk.undoing(fault) }
        switch work.intent {
        case .provision: return walk.provision()
        case .describe: return walk.describe()
        case .rotate: return walk.rotate()
        case .finishRotation: return walk.finishRotation()
        case .disable: return walk.disable()
        case .enable: return walk.enable()
        case .remove: return walk.remove()
        case .verifySeen: return walk.verifySeen()
        }
    }
}
