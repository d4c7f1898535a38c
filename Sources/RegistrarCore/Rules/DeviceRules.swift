import Model
import TargetCore

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

    func release(_ release: OperationBody.Release, _ device: DeviceRecord) -> Decision {
        var free = device
        free.state = .listed
        free.tenant = nil
        free.site = nil
        free.position = nil
        free.certificate = nil
        free.target = nil
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
                instructions: (device.certificate == nil ? [] : [.revokeCertificates(.cessationOfOperation)])
                    + following(.remove, device),
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
        guard device.certificate != nil || device.target?.standing == .enabled else {
            return .apply(Effect(device: device, outcome: .revoked, remarks: remarks))
        }
        var bare = device
        bare.state = .claimed
        bare.certificate = nil
        bare.target?.standing = .disabled
        bare.version += 1
        bare.updatedAt = context.now
        return .apply(
            Effect(
                device: bare, outcome: .revoked,
                instructions: [.revokeCertificates(revoke.reason)] + following(.disable, device),
                remarks: remarks))
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
