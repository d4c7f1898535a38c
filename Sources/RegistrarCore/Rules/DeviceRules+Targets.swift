import Model
import TargetCore

extension DeviceRules {
    /// Decides by where the device is to be provisioned.
    func whereItBelongs(
        own: () -> Decision, at target: (TargetSummary, _ reason: String) -> Decision
    ) -> Decision {
        switch records.target {
        case .own: own()
        case .target(let summary, let reason): target(summary, reason)
        case .unknown(let id): refuse(.targetUnknown, "There is no target \(id).")
        case .none(let reason): refuse(.unavailable, reason)
        }
    }

    /// Lets the device in somewhere else, with the certificate or key that it has.
    func reprovision(_ device: DeviceRecord) -> Decision {
        guard device.state == .provisioned || bringsItsOwn(device) else { return refuse(.notProvisioned) }
        return whereItBelongs(
            own: {
                refuse(.targetUnfit, "The registrar's own authority is where every device is already.")
            },
            at: { target, reason in move(device, to: target, reason) })
    }

    private func move(_ device: DeviceRecord, to target: TargetSummary, _ reason: String) -> Decision {
        if device.target?.target == target.targetID, device.target?.standing == .enabled {
            return .apply(
                Effect(
                    device: device, outcome: .reprovisioned, remarks: ["target": target.targetID.rawValue]))
        }
        let proof = heldProof(takenBy: target)
        guard proof != nil || handedOver != nil else {
            return refuse(
                .targetUnfit,
                "What the device proves itself by now is not taken by \(target.targetID); provision it there anew."
            )
        }
        var moved = device
        if case .ofMaker(_, let summary)? = records.brought {
            (moved.certificate, moved.state) = (summary, .provisioned)
        }
        let name = device.target?.name ?? certifiedName(device) ?? plainName(device)
        var order = TargetOrder(
            target: target.targetID, intent: .provision,
            device: subject(device, at: target.targetID, name: name, handedOver == nil ? proof : nil),
            reason: reason, timing: .awaited)
        if let handedOver { order.device.marks = handedOver }
        moved.version += 1
        moved.updatedAt = context.now
        return .apply(
            Effect(
                device: moved, outcome: .reprovisioned,
                instructions: [.atTarget(order)] + leaving(device, for: target)))
    }

    /// Whether the device is claimed and has its maker's certificate to be let in with.
    private func bringsItsOwn(_ device: DeviceRecord) -> Bool {
        guard case .ofMaker? = records.brought else { return false }
        return device.state == .claimed
    }

    /// The marks of a certificate that another account has handed over.
    private var handedOver: [String: String]? {
        guard case .handedOver(_, let marks)? = records.brought else { return nil }
        return marks
    }

    /// What the device has now, as far as the target takes it: a certificate of this registrar's or of its maker's, or its
    /// TPM.
    private func heldProof(takenBy target: TargetSummary) -> TargetDevice.Proof? {
        let proofs = target.proofs
        if case .ofMaker(let chain, _)? = records.brought {
            return proofs.contains(.deviceCertificate) ? .certificate(chain) : nil
        }
        if let chain = records.certificateChain,
            proofs.contains(.deviceCertificate) || proofs.contains(.authority)
        {
            return .certificate(chain)
        }
        if case .tpm(let identity) = records.proof, proofs.contains(.tpm) { return .tpm(identity) }
        return nil
    }

    /// The device as a target is told of it. What another target has noted of it means nothing there.
    func subject(
        _ device: DeviceRecord, at target: TargetID, name: String, _ proof: TargetDevice.Proof?
    ) -> TargetDevice {
        TargetDevice(
            deviceID: device.deviceID, name: name, tenant: device.tenant ?? operation.tenant,
            site: device.site, product: device.identity.product, serial: device.identity.fields["serial"],
            proof: proof, marks: device.target.flatMap { $0.target == target ? $0.marks : nil } ?? [:])
    }

    /// Work at the target that the device is at, done as soon as it can be.
    func following(_ intent: TargetIntent, _ device: DeviceRecord) -> [Effect.Instruction] {
        guard let target = device.target else { return [] }
        return [.atTarget(order(intent, target, device, .following))]
    }

    /// Once the device is proven at `target`, or with the registrar's own authority where that is `nil`: it goes from where
    /// it was, or its old certificate goes there.
    func leaving(_ device: DeviceRecord, for target: TargetSummary?) -> [Effect.Instruction] {
        guard let old = device.target, old.standing == .enabled else { return [] }
        guard old.target == target?.targetID else {
            return [.atTarget(order(.remove, old, device, .onceProven))]
        }
        guard target?.rotates == true else { return [] }
        return [.atTarget(order(.finishRotation, old, device, .onceProven))]
    }

    private func order(
        _ intent: TargetIntent, _ target: DeviceTarget, _ device: DeviceRecord, _ timing: TargetOrder.Timing
    ) -> TargetOrder {
        TargetOrder(
            target: target.target, intent: intent,
            device: subject(device, at: target.target, name: target.name, nil), reason: target.reason,
            timing: timing)
    }

    /// The name in targets of a device that has no certificate: its serial where that is short, else its id.
    func plainName(_ device: DeviceRecord) -> String {
        guard let serial = device.identity.fields["serial"], !serial.isEmpty, serial.utf8.count <= 64 else {
            return device.deviceID.rawValue
        }
        return serial
    }

    private func certifiedName(_ device: DeviceRecord) -> String? {
        guard let subject = device.certificate?.subject, !subject.isEmpty else { return nil }
        return subject
    }
}
