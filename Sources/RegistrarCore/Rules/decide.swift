package import Model

/// Decides one operation: the rules of the registrar, all of them, as a function of values.
///
/// The order of the questions matters. Who may not ask learns nothing about devices; a tenant learns of another's device
/// only that it is another's.
package func decide(
    _ operation: Operation, by caller: Operator, given records: Records, in context: DecisionContext
) -> Decision {
    if let problem = authorise(.submit(operation.tenant, .site(operation.site)), of: caller, at: context.now)
    {
        return .refuse(Refusal(problem, isRecorded: false))
    }
    guard operation.operatorID == caller.operatorID else {
        return .refuse(Refusal(Problem(.operatorMismatch), isRecorded: false))
    }
    if let refusal = OperationShape.refusal(of: operation) ?? LaneOrder.refusal(of: operation, records.lane) {
        return .refuse(refusal)
    }
    guard records.tenant != nil else { return .refuse(Refusal(Problem(.unknownTenant))) }
    for site in operation.namedSites where !records.sites.contains(site) {
        return .refuse(
            Refusal(
                Problem(.unknownSite, detail: "Tenant \(operation.tenant) has no site \(site).")))
    }
    if records.devices.count > 1 { return .refuse(DeviceRules.conflict(of: operation, records)) }
    let rules = DeviceRules(operation: operation, caller: caller, records: records, context: context)
    switch operation.body {
    case .claim(let claim): return rules.claim(claim)
    case .place(let place): return rules.onOwnDevice { rules.place(place, $0) }
    case .provision(let provision): return rules.onOwnDevice { rules.provision(provision, $0) }
    case .reprovision: return rules.onOwnDevice { rules.reprovision($0) }
    case .release(let release): return rules.onOwnDevice { rules.release(release, $0) }
    case .revoke(let revoke): return rules.onOwnDevice { rules.revoke(revoke, $0) }
    case .verify(let verify): return rules.onOwnDevice { rules.verify(verify, $0) }
    case .note(let note): return rules.onOwnDevice { rules.note(note, $0) }
    }
}

extension Operation {
    /// Every site that the operation names.
    package var namedSites: Set<SiteID> {
        var sites: Set<SiteID> = []
        if let site { sites.insert(site) }
        if case .place(let place) = body { sites.insert(place.site) }
        return sites
    }
}
