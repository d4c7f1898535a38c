import Model
import TargetCore

extension DeviceRules {
    /// Kept in the history as it was signed, a failure too; the device itself is as it was.
    func verify(_ verify: OperationBody.Verify, _ device: DeviceRecord) -> Decision {
        var remarks = ["witness": verify.witness.rawValue]
        remarks["endpoint"] = verify.endpoint
        switch verify {
        case .asked: return askTarget(device, remarks)
        case .proven(let proof):
            if proof.witness == .device, !records.isStatementGenuine {
                return refuse(
                    .operationMalformed,
                    "The signature in the verification is not by the key of the device's certificate on record."
                )
            }
            remarks["extent"] = proof.extent.rawValue
        case .failed(let failure): remarks["cause"] = failure.cause.code
        }
        return .apply(
            Effect(
                device: device, outcome: verify.isProven ? .verified : .verificationFailed,
                instructions: isProven(device, by: verify) ? [.provenAtTarget] : [], remarks: remarks))
    }

    /// The target is asked whether it has seen the device. `Effect.hear` makes of its word what it is worth.
    private func askTarget(_ device: DeviceRecord, _ remarks: [String: String]) -> Decision {
        guard device.state == .provisioned else { return refuse(.notProvisioned) }
        guard let target = device.target else {
            return refuse(
                .targetUnfit,
                "The device is with the registrar's own authority, where nobody sees devices connect.")
        }
        let order = TargetOrder(
            target: target.target, intent: .verifySeen,
            device: subject(device, at: target.target, name: target.name, nil), reason: target.reason,
            timing: .awaited)
        return .apply(
            Effect(
                device: device, outcome: .verificationFailed, instructions: [.atTarget(order)],
                remarks: remarks))
    }

    /// Whether a verification shows that the device has come to where it is provisioned: its service took the certificate
    /// that is on record, from Muster or, by its signed word, from the device. A provisioning service names the hub itself, so
    /// there any endpoint may be the right one. A key that the device has not been given shows nothing of the device: what it
    /// came by before is still all that it has.
    private func isProven(_ device: DeviceRecord, by verify: OperationBody.Verify) -> Bool {
        guard case .proven(let proof) = verify, [.musterWithDeviceKey, .device].contains(proof.witness),
            proof.extent != .endpoint, proof.isKeyWithheld != true, let used = proof.certificate,
            used == device.certificate?.fingerprint
        else { return false }
        guard let target = device.target, target.kind != .azureDPS else { return true }
        return target.endpoint == nil || target.endpoint == proof.endpoint
    }
}
