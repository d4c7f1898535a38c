import Model
import TargetCore

extension DeviceRules {
    /// Lets the device in at the target that was chosen, with what it proves itself by.
    ///
    /// How the key was made is believed as the operation says it: nothing in a certificate request shows that, so the
    /// product's policy rests on the word of the operator who signed the operation.
    func provision(_ provision: OperationBody.Provision, _ device: DeviceRecord) -> Decision {
        if let objection = records.product?.objection(to: provision.impliedOrigin) {
            return .refuse(
                Refusal(
                    Problem(
                        .certificateRequestRefused, detail: objection.what, nextStep: objection.nextStep)))
        }
        switch provision.attestation {
        case .certificateRequest(let text): return certify(text, device)
        case .tpm(let identity):
            return admit(device, name: plainName(device), .tpm(identity), as: .tpm)
        case .symmetricKey:
            return admit(device, name: plainName(device), .symmetricKey, as: .symmetricKey)
        }
    }

    private func certify(_ text: String, _ device: DeviceRecord) -> Decision {
        guard let facts = records.certificateRequest, let request = Base64.decode(text) else {
            return refuse(.certificateRequestRefused, "The certificate request could not be read.")
        }
        let policy = CertificatePolicy(registrar: context.registrar, device: device)
        if let objection = policy.objection(to: facts) {
            return refuse(.certificateRequestRefused, objection)
        }
        if records.isKeyCompromised {
            return refuse(
                .certificateRequestRefused,
                "This key was revoked because somebody else may have it; the device must make a new one.")
        }
        if let owner = records.keyOwner, owner != device.deviceID { return refuse(.keyReused) }
        let name = policy.commonName(for: facts)
        let order = CertificateOrder(
            request: request, commonName: name, uri: policy.deviceURI,
            notBefore: context.now.advanced(bySeconds: -RegistrarLimits.certificateBackdateSeconds),
            notAfter: context.now.advanced(bySeconds: RegistrarLimits.deviceCertificateSeconds))
        return whereItBelongs(
            own: {
                var here = device
                here.target = nil
                return provisioned(here, [.issueCertificate(order)] + leaving(device, for: nil))
            },
            at: { target, reason in
                if target.proofs.contains(.targetCertificate) {
                    let work = admission(to: target, reason, device, name: name, .request(text))
                    return provisioned(device, [.atTarget(work)] + leaving(device, for: target))
                }
                guard target.proofs.contains(.deviceCertificate) || target.proofs.contains(.authority) else {
                    return refuse(.targetUnfit, "\(target.targetID) takes no certificates.")
                }
                // The proof is filled in once the certificate is there.
                let work = admission(to: target, reason, device, name: name, nil)
                return provisioned(
                    device,
                    [.issueCertificate(order), .atTarget(work)] + leaving(device, for: target))
            })
    }

    /// A device that shows no certificate. The registrar's own authority knows nothing else.
    private func admit(
        _ device: DeviceRecord, name: String, _ proof: TargetDevice.Proof, as kind: TargetCapabilities.Proof
    ) -> Decision {
        whereItBelongs(
            own: {
                refuse(.targetUnfit, "The registrar's own authority issues certificates and nothing else.")
            },
            at: { target, reason in
                guard target.proofs.contains(kind) else { return refuse(.targetUnfit) }
                let work = admission(to: target, reason, device, name: name, proof)
                return provisioned(device, [.atTarget(work)] + leaving(device, for: target))
            })
    }

    private func provisioned(_ device: DeviceRecord, _ instructions: [Effect.Instruction]) -> Decision {
        var provisioned = device
        provisioned.state = .provisioned
        provisioned.version += 1
        provisioned.updatedAt = context.now
        return .apply(Effect(device: provisioned, outcome: .provisioned, instructions: instructions))
    }

    /// At the target where it is enabled already the new certificate or key comes beside the old one, which goes once the
    /// device has been proven with the new.
    private func admission(
        to target: TargetSummary, _ reason: String, _ device: DeviceRecord, name: String,
        _ proof: TargetDevice.Proof?
    ) -> TargetOrder {
        let isThere = device.target?.target == target.targetID && device.target?.standing == .enabled
        let known = isThere ? device.target?.name : nil
        return TargetOrder(
            target: target.targetID, intent: isThere && target.rotates ? .rotate : .provision,
            device: subject(device, at: target.targetID, name: known ?? name, proof),
            reason: reason, timing: .awaited)
    }
}
