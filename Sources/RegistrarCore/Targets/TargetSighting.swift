package import Model

/// What a target said when it was asked whether it has seen a device.
package struct TargetSighting: Equatable, Sendable {
    /// The device there; `nil` when it is unknown.
    package var device: DeviceTarget?
    /// When it was seen last; `nil` for never.
    package var seenAt: Timestamp?

    package init(device: DeviceTarget?, seenAt: Timestamp?) {
        self.device = device
        self.seenAt = seenAt
    }

    /// What the word is worth: a proof when the device was seen since it is let in with what it has now, else why it is none.
    func verification(
        of device: DeviceRecord, _ target: DeviceTarget, asked question: ConnectionQuestion, _ letIn: LetIn,
        at now: Timestamp
    ) -> OperationBody.Verify {
        let endpoint = Self.endpoint(self.device, target)
        // Where old and new are let in, nobody can tell which of them was seen.
        let certificate = letIn.isByOldToo ? nil : device.certificate?.fingerprint
        guard let seenAt, self.device != nil, letIn.since.map({ seenAt > $0 }) ?? true else {
            return .failed(
                ConnectionFailure(
                    device: question.device, endpoint: endpoint, witness: .target, triedAt: now,
                    operatorID: question.operatorID, certificate: certificate,
                    isCertificateOnRecord: certificate == nil ? nil : true,
                    cause: cause(target.target, letIn.since)))
        }
        return .proven(
            ConnectionProof(
                device: question.device, endpoint: endpoint, witness: .target, extent: .authenticated,
                provenAt: seenAt, operatorID: question.operatorID, certificate: certificate,
                isCertificateOnRecord: certificate == nil ? nil : true,
                isByOldOrNew: letIn.isByOldToo ? true : nil))
    }

    private func cause(_ target: TargetID, _ since: Timestamp?) -> ConnectionFailure.Cause {
        guard device != nil else {
            return ConnectionFailure.Cause(code: "unknown_at_target", text: "\(target) does not know it")
        }
        guard let seenAt, let since else {
            return ConnectionFailure.Cause(
                code: "not_seen_by_target", text: "\(target) has not seen it yet")
        }
        return ConnectionFailure.Cause(
            code: "seen_before_certificate",
            text: "\(target) saw it last on \(seenAt.minute), before it was given what it proves "
                + "itself by now, on \(since.minute)")
    }

    /// Where the device has connected: the hub that it was assigned, or its target's own address, by what the target says now or
    /// what is on record.
    fileprivate static func endpoint(_ now: DeviceTarget?, _ target: DeviceTarget) -> String {
        if target.kind == .azureDPS, let hub = now?.place ?? target.place { return "mqtts://\(hub):8883" }
        return now?.endpoint ?? target.endpoint ?? target.target.rawValue
    }
}

extension Effect {
    /// Makes the target's word the outcome of a question for it.
    ///
    /// A proof settles what is held until the device is proven, unless it may have come by its old certificate: to take that
    /// away then could lock it out.
    package mutating func hear(
        _ sighting: TargetSighting, asked question: ConnectionQuestion, _ letIn: LetIn, at now: Timestamp
    ) {
        guard var target = device.target else { return }
        let heard = sighting.verification(of: device, target, asked: question, letIn, at: now)
        verification = heard
        outcome = heard.isProven ? .verified : .verificationFailed
        remarks["endpoint"] = heard.endpoint
        if case .failed(let failure) = heard { remarks["cause"] = failure.cause.code }
        if heard.isProven, !letIn.isByOldToo { instructions.append(.provenAtTarget) }
        // A provisioning service has chosen a hub in the meantime.
        target.place = sighting.device?.place ?? target.place
        target.client = sighting.device?.client ?? target.client
        guard target != device.target else { return }
        device.target = target
        device.version += 1
        device.updatedAt = now
    }

    /// Makes it the outcome of a question for a target's word that there is none, and why. That is an answer too: whoever asked
    /// learns it, and nothing of the device waits behind it.
    package mutating func hearNothing(
        because reason: String, asked question: ConnectionQuestion, at now: Timestamp
    ) {
        guard let target = device.target else { return }
        let certificate = device.certificate?.fingerprint
        let words = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        let cause = ConnectionFailure.Cause(
            code: "target_not_asked", text: "\(target.target) could not be asked. \(words)")
        verification = .failed(
            ConnectionFailure(
                device: question.device, endpoint: TargetSighting.endpoint(nil, target), witness: .target,
                triedAt: now, operatorID: question.operatorID, certificate: certificate,
                isCertificateOnRecord: certificate == nil ? nil : true, cause: cause))
        outcome = .verificationFailed
        remarks["endpoint"] = TargetSighting.endpoint(nil, target)
        remarks["cause"] = cause.code
    }
}
