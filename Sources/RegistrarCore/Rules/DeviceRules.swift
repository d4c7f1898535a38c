import Model

/// The rules about one device, once the caller and the operation are in order.
struct DeviceRules {
    var operation: Operation
    var caller: Operator
    var records: Records
    var context: DecisionContext

    /// Runs a rule on the device when the operation's tenant owns it.
    ///
    /// Another tenant's device, a listed one and one that nobody knows all answer alike.
    func onOwnDevice(_ rule: (DeviceRecord) -> Decision) -> Decision {
        guard let device = records.devices.first?.record, device.tenant == operation.tenant else {
            // The claim may still be on its way.
            return refuse(
                LaneOrder.waitsForPredecessor(operation, records.lane) ? .predecessorMissing : .notClaimed)
        }
        if let problem = authorise(.submit(operation.tenant, .site(device.site)), of: caller, at: context.now)
        {
            return .refuse(Refusal(problem))
        }
        if let base = operation.baseVersion, base != device.version,
            records.lane.versionAfterFurthest != device.version
        {
            return refuse(
                .staleVersion,
                "The device is at version \(device.version); the operation was made for version \(base).")
        }
        return rule(device)
    }

    func place(_ place: OperationBody.Place, _ device: DeviceRecord) -> Decision {
        if let problem = authorise(.submit(operation.tenant, .site(place.site)), of: caller, at: context.now)
        {
            return .refuse(Refusal(problem))
        }
        var placed = device
        placed.site = place.site
        placed.position = place.position
        return apply(placed, from: device, .placed)
    }

    /// How the key was made is believed as the operation says it: nothing in a certificate request shows that, so the
    /// product's policy rests on the word of the operator who signed the operation.
    func provision(_ provision: OperationBody.Provision, _ device: DeviceRecord) -> Decision {
        if let objection = records.product?.objection(to: provision.keyOrigin) {
            return .refuse(
                Refusal(
                    Problem(
                        .certificateRequestRefused, detail: objection.what, nextStep: objection.nextStep)))
        }
        guard let facts = records.certificateRequest,
            let request = Base64.decode(provision.certificateRequest)
        else { return refuse(.certificateRequestRefused, "The certificate request could not be read.") }
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
        var provisioned = device
        provisioned.state = .provisioned
        provisioned.version += 1
        provisioned.updatedAt = context.now
        let order = CertificateOrder(
            request: request, commonName: policy.commonName(for: facts), uri: policy.deviceURI,
            notBefore: context.now.advanced(bySeconds: -RegistrarLimits.certificateBackdateSeconds),
            notAfter: context.now.advanced(bySeconds: RegistrarLimits.deviceCertificateSeconds))
        return .apply(
            Effect(device: provisioned, outcome: .provisioned, instructions: [.issueCertificate(order)]))
    }

    func release(_ release: OperationBody.Release, _ device: DeviceRecord) -> Decision {
        var free = device
        free.state = .listed
        free.tenant = nil
        free.site = nil
        free.position = nil
        free.certificate = nil
        // What a tenant's labels added goes with the tenant.
        if let registered = records.devices.first?.registered {
            free.identity = registered
            free.identifiers = registered.identifiers
        }
        free.version += 1
        free.updatedAt = context.now
        return .apply(
            Effect(
                device: free, outcome: .released, leaves: operation.tenant,
                instructions: device.certificate == nil ? [] : [.revokeCertificates(.cessationOfOperation)],
                remarks: ["reason": release.reason]))
    }

    /// The device stays the tenant's and can be given a certificate anew. Without one, nothing is left to revoke.
    func revoke(_ revoke: OperationBody.Revoke, _ device: DeviceRecord) -> Decision {
        if let problem = authorise(.revoke(operation.tenant, .site(device.site)), of: caller, at: context.now)
        {
            return .refuse(Refusal(problem))
        }
        var remarks = ["reason": revoke.reason.rawValue]
        remarks["text"] = revoke.text
        guard device.certificate != nil else {
            return .apply(Effect(device: device, outcome: .revoked, remarks: remarks))
        }
        var bare = device
        bare.state = .claimed
        bare.certificate = nil
        bare.version += 1
        bare.updatedAt = context.now
        return .apply(
            Effect(
                device: bare, outcome: .revoked, instructions: [.revokeCertificates(revoke.reason)],
                remarks: remarks))
    }

    /// Kept in the history as it was signed, a failure too; the device itself is as it was.
    func verify(_ verify: OperationBody.Verify, _ device: DeviceRecord) -> Decision {
        var remarks = ["endpoint": verify.endpoint, "witness": verify.witness.rawValue]
        switch verify {
        case .proven(let proof): remarks["extent"] = proof.extent.rawValue
        case .failed(let failure): remarks["cause"] = failure.cause.code
        }
        return .apply(
            Effect(
                device: device, outcome: verify.isProven ? .verified : .verificationFailed, remarks: remarks))
    }

    func note(_ note: OperationBody.Note, _ device: DeviceRecord) -> Decision {
        .apply(Effect(device: device, outcome: .noted))
    }

    /// Applies `device`, with a new version when it differs from what it was.
    func apply(_ device: DeviceRecord, from before: DeviceRecord, _ outcome: Receipt.Outcome) -> Decision {
        guard device != before else { return .apply(Effect(device: device, outcome: outcome)) }
        var device = device
        device.version += 1
        device.updatedAt = context.now
        return .apply(Effect(device: device, outcome: outcome))
    }

    func refuse(_ code: ProblemCode, _ detail: String? = nil) -> Decision {
        .refuse(Refusal(Problem(code, detail: detail)))
    }
}
