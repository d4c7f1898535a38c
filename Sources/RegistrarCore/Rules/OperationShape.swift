package import Model

/// Bounds of what an operation may hold, so that no single one fills the registrar.
enum OperationShape {
    static func refusal(of operation: Operation) -> Refusal? {
        if operation.version > Operation.currentVersion {
            return Refusal(Problem(.versionUnsupported), isRecorded: false)
        }
        guard let fault = fault(of: operation) else { return nil }
        return Refusal(Problem(.operationMalformed, detail: fault))
    }

    private static func fault(of operation: Operation) -> String? {
        if operation.laneSequence < 1 || operation.store.epoch < 1 {
            return "Lane sequence and epoch count from 1."
        }
        if case .verify(let verify) = operation.body, let fault = fault(of: verify, in: operation) {
            return fault
        }
        return long(operation.summary, "summary", RegistrarLimits.summaryBytes)
            ?? fault(of: operation.body)
    }

    private static func fault(of body: OperationBody) -> String? {
        switch body {
        case .claim(let claim): return fault(of: claim.identity)
        case .place(let place):
            return place.position.flatMap { long($0, "position", RegistrarLimits.positionBytes) }
        case .provision(let provision): return fault(of: provision.attestation)
        case .reprovision: return nil
        case .release(let release): return text(release.reason, "reason", RegistrarLimits.reasonBytes)
        case .revoke(let revoke):
            return revoke.text.flatMap { long($0, "text", RegistrarLimits.reasonBytes) }
        case .verify(let verify): return fault(of: verify)
        case .note(let note): return text(note.text, "note", RegistrarLimits.noteBytes)
        }
    }

    private static func fault(of attestation: Attestation) -> String? {
        switch attestation {
        case .certificateRequest(let request):
            return long(request, "certificate request", RegistrarLimits.certificateRequestBytes)
        case .tpm(let identity):
            guard Base64.decode(identity.endorsementKey) != nil,
                identity.storageRootKey.map({ Base64.decode($0) != nil }) ?? true
            else { return "A TPM's keys must be base64." }
            return long(
                identity.endorsementKey + (identity.storageRootKey ?? ""), "TPM identity",
                RegistrarLimits.certificateRequestBytes)
        case .symmetricKey(let wish):
            return Base64.decodeURL(wish.sealTo)?.count == 32
                ? nil : "The key that a symmetric key is sealed to must be 32 bytes in base64url."
        }
    }

    /// What an operator can have seen alone counts. A target is asked by the registrar itself; what a device has seen it has to
    /// have signed.
    private static func fault(of verify: OperationBody.Verify, in operation: Operation) -> String? {
        guard verify.device == operation.lane else { return "The verification is of another device." }
        guard verify.operatorID == nil || verify.operatorID == operation.operatorID else {
            return "The verification was made by another operator."
        }
        switch (verify.witness, verify) {
        case (.muster, _), (.musterWithDeviceKey, _), (_, .asked): return nil
        case (.device, .failed): return nil
        case (.device, .proven(let proof)) where proof.statement != nil: return nil
        case (.target, _), (.device, _):
            return "What a \(verify.witness.rawValue) has seen is not an operator's to say."
        }
    }

    private static func fault(of verify: OperationBody.Verify) -> String? {
        if let endpoint = verify.endpoint,
            let fault = text(endpoint, "endpoint", RegistrarLimits.reasonBytes)
        {
            return fault
        }
        switch verify {
        case .asked: return nil
        case .proven(let proof):
            let topic =
                (proof.clientID ?? "") + (proof.mqtt?.topic ?? "") + (proof.statement?.name ?? "")
                + (proof.statement?.nonce ?? "") + (proof.statement?.signature ?? "")
            return long(topic, "topic", RegistrarLimits.noteBytes)
                ?? proof.tls.flatMap { long($0.verifiedName, "name", RegistrarLimits.reasonBytes) }
        case .failed(let failure):
            return text(failure.cause.code, "cause", RegistrarLimits.positionBytes)
                ?? long(failure.cause.text, "cause", RegistrarLimits.noteBytes)
        }
    }

    fileprivate static func fault(of identity: DeviceIdentity) -> String? {
        if identity.fields.count > RegistrarLimits.identityFields {
            return "A label has at most \(RegistrarLimits.identityFields) fields."
        }
        for (name, value) in identity.fields {
            if let fault = long(name + value, "label field", RegistrarLimits.identityFieldBytes) {
                return fault
            }
        }
        return nil
    }

    private static func text(_ text: String, _ name: String, _ limit: Int) -> String? {
        text.isEmpty ? "The \(name) is empty." : long(text, name, limit)
    }

    private static func long(_ text: String, _ name: String, _ limit: Int) -> String? {
        text.utf8.count > limit ? "The \(name) is longer than \(limit) bytes." : nil
    }
}

extension DeviceIdentity {
    /// Why the identity of a delivery cannot be taken; `nil` when it can.
    package var fault: Problem? {
        if lane == nil { return Problem(.identityMissing) }
        return OperationShape.fault(of: self).map { Problem(.requestMalformed, detail: $0) }
    }
}
