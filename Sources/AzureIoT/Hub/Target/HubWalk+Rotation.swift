import Model
import TargetCore

extension HubWalk {
    func rotate() -> TargetStep {
        switch find() {
        case .step(let step): return step
        case .absent: return .refused(.hubDeviceMissing)
        case .own(let found): return rotate(found)
        }
    }

    private func rotate(_ found: HubDevice) -> TargetStep {
        switch found.authentication?.type {
        case HubAuthenticationType.sas:
            guard let keys = journal.keys(.hubDevice, found.etag) else { return read }
            let marks: [String: String?] = [AzureMark.candidateKey: hash(keys.secondary)]
            return .done(
                TargetOutcome(
                    device: device("its second key is let in beside the first", found, marks: marks),
                    key: keys.secondary))
        case HubAuthenticationType.selfSigned: return rotateThumbprint(found)
        default:
            return .done(
                TargetOutcome(device: device("its authority lets the new certificate in", found)))
        }
    }

    private func rotateThumbprint(_ found: HubDevice) -> TargetStep {
        guard let leaf, let wanted = thumbprint(of: leaf) else {
            return .refused(.proofMissing("a certificate"))
        }
        let slots = found.authentication?.x509Thumbprint
        let isIn = [slots?.primaryThumbprint, slots?.secondaryThumbprint].contains {
            $0?.uppercased() == wanted
        }
        guard isIn || isWritten(found) else {
            return write(found) { $0.authentication?.x509Thumbprint?.secondaryThumbprint = wanted }
        }
        return .done(
            TargetOutcome(
                device: device(
                    "its new certificate is let in beside the old one", found,
                    marks: [AzureMark.candidate: leaf])))
    }

    func finishRotation() -> TargetStep {
        switch find() {
        case .step(let step): return step
        case .absent: return .refused(.hubDeviceMissing)
        case .own(let found):
            switch found.authentication?.type {
            case HubAuthenticationType.sas: return finishKeys(found)
            case HubAuthenticationType.selfSigned: return finishThumbprint(found)
            default:
                return .done(
                    TargetOutcome(device: device("its authority answers for the certificate", found)))
            }
        }
    }

    private func finishThumbprint(_ found: HubDevice) -> TargetStep {
        let slots = found.authentication?.x509Thumbprint
        guard let candidate = work.device.marks[AzureMark.candidate] ?? leaf,
            let wanted = thumbprint(of: candidate)
        else { return .refused(.rotationNotBegun) }
        let isFirst = slots?.primaryThumbprint?.uppercased() == wanted
        if isFirst && slots?.secondaryThumbprint == nil || isWritten(found) {
            let marks: [String: String?] = [AzureMark.certificate: candidate, AzureMark.candidate: nil]
            return .done(
                TargetOutcome(device: device("its new certificate alone is let in", found, marks: marks)))
        }
        guard isFirst || slots?.secondaryThumbprint?.uppercased() == wanted else {
            return .refused(.rotationNotBegun)
        }
        return write(found) {
            $0.authentication?.x509Thumbprint = HubAuthentication.Thumbprints(primaryThumbprint: wanted)
        }
    }

    private func finishKeys(_ found: HubDevice) -> TargetStep {
        let known = device("its new key alone is let in", found, marks: [AzureMark.candidateKey: nil])
        if isWritten(found) { return .done(TargetOutcome(device: known)) }
        guard let keys = journal.keys(.hubDevice, found.etag) else { return read }
        guard let candidate = work.device.marks[AzureMark.candidateKey] else {
            return .refused(.rotationNotBegun)
        }
        if hash(keys.primary) == candidate { return .done(TargetOutcome(device: known)) }
        guard hash(keys.secondary) == candidate else { return .refused(.rotationNotBegun) }
        let fresh = target.surroundings.freshKey("iot-hub \(settings.host) \(id) \(work.workID)")
        return write(found) {
            $0.authentication?.symmetricKey = AttestationMechanism.SymmetricKeys(
                primaryKey: keys.secondary.unredacted, secondaryKey: fresh.unredacted)
        }
    }

    /// Keys are long and random, so that their hash gives nothing away.
    private func hash(_ key: Redacted<String>) -> String {
        Hexadecimal.encode(target.digests.sha256(Array(key.unredacted.utf8)))
    }
}
