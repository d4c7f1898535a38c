import Model

extension DeviceRules {
    /// The four outcomes of a claim: the device is free, the tenant's own, another's, or unknown.
    func claim(_ claim: OperationBody.Claim) -> Decision {
        guard claim.identity.lane != nil else { return refuse(.identityMissing) }
        guard let known = records.devices.first else { return claimNew(claim) }
        switch known.record.tenant {
        case operation.tenant: return claimOwn(known.record)
        case .some: return refuse(.claimedByAnotherTenant)
        case nil: return claimFree(known, claim)
        }
    }

    /// Several devices have identifiers of the operation.
    static func conflict(of operation: Operation, _ records: Records) -> Refusal {
        let serials = Set(
            records.devices.flatMap { device in
                device.record.identifiers.filter { $0.kind == .serial }.map(\.value)
            })
        guard case .claim = operation.body, serials.count == 1 else {
            return Refusal(Problem(.identityConflict))
        }
        return Refusal(
            Problem(
                .identityMissing, detail: "Several products have a device with this serial.",
                nextStep: "Name the product, or scan another code of the label."))
    }

    private func claimNew(_ claim: OperationBody.Claim) -> Decision {
        guard let product = records.product else {
            return refuse(
                .unknownDevice,
                claim.identity.product.map { "The registrar has no product \($0) and no such device." })
        }
        guard product.admission == .open else { return refuse(.unknownDevice) }
        var identity = claim.identity
        identity.product = product.productID
        var device = DeviceRecord(
            deviceID: context.newDeviceID, identifiers: identity.identifiers, identity: identity,
            state: .claimed, tenant: operation.tenant, version: 1, updatedAt: context.now)
        device.site = operation.site
        return .apply(Effect(device: device, registers: identity, outcome: .claimed))
    }

    private func claimFree(_ known: KnownDevice, _ claim: OperationBody.Claim) -> Decision {
        if let tenant = known.restrictedTo, tenant != operation.tenant {
            return refuse(.claimedByAnotherTenant)
        }
        switch records.claimCode {
        case .notNeeded, .right: break
        case .missing: return refuse(.claimCodeMissing)
        case .wrong: return .refuse(Refusal(Problem(.claimCodeWrong), alarm: .wrongClaimCode))
        case .locked(let seconds):
            return .refuse(
                Refusal(
                    Problem(
                        .rateLimited, detail: "Too many wrong claim codes were tried for this device.",
                        nextStep: "Wait, then scan the code on the label again.", retryAfterSeconds: seconds),
                    isRecorded: false))
        }
        var device = known.record
        guard let identity = joined(device.identity, claim.identity) else { return refuse(.identityConflict) }
        device.identity = identity
        device.identifiers = identity.identifiers
        device.state = .claimed
        device.tenant = operation.tenant
        device.site = operation.site
        device.version += 1
        device.updatedAt = context.now
        return .apply(Effect(device: device, outcome: .claimed))
    }

    /// The tenant has the device already. A site that the claim names and where it does not stand moves it there.
    private func claimOwn(_ device: DeviceRecord) -> Decision {
        guard let site = operation.site, site != device.site else {
            return .apply(Effect(device: device, outcome: .alreadyClaimed))
        }
        if let problem = authorise(.submit(operation.tenant, .site(device.site)), of: caller, at: context.now)
        {
            return .refuse(Refusal(problem))
        }
        var moved = device
        moved.site = site
        moved.position = nil
        return apply(moved, from: device, .placed)
    }

    /// What the delivery and the label say together; `nil` when they contradict each other in what singles a device out.
    private func joined(_ delivered: DeviceIdentity, _ label: DeviceIdentity) -> DeviceIdentity? {
        for kind in DeviceIdentifier.Kind.allCases {
            guard let one = delivered.fields[kind.rawValue], let other = label.fields[kind.rawValue] else {
                continue
            }
            if one != other { return nil }
        }
        let product = delivered.product ?? label.product
        return DeviceIdentity(
            product: product, fields: label.fields.merging(delivered.fields) { _, delivered in delivered })
    }
}
