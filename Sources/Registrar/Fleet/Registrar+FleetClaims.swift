import AWSIoT
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets
package import Wire

/// Claims by trusted users: a certificate for one installation, good for five minutes. Nothing of it is kept here.
extension Registrar {
    /// A claim for whoever works on the registrar's machine. Without a template, of the one that the target names.
    package func provisioningClaim(
        at target: TargetID, of template: String?
    ) async throws(RegistrarError) -> ProvisioningClaim {
        try await fleetwise {
            try await claim(at: target, template, for: nil, by: Self.localAdministrator.operatorID)
        }
    }

    private func claim(
        at target: TargetID, _ template: String?, for device: DeviceRecord?, by actor: OperatorID
    ) async throws -> ProvisioningClaim {
        let (line, settings) = try await awsLine(to: target)
        guard let template = template ?? settings.fleetTemplate else {
            throw FleetError.noTemplate(target)
        }
        let endpoint = try await deviceEndpoint(line, settings)
        let call = AWSCalls.createProvisioningClaim(template)
        let asked = environment.now()
        let reply = try await ask(call, over: line, about: "template \(template)")
        guard let claim = AWSClaim(reply, asked: asked) else {
            throw FleetError.refused(AWSFaults.unreadable(reply, of: call.name))
        }
        var detail = ["target": target.rawValue, "template": template]
        detail["certificate"] = claim.certificateID
        detail["tenant"] = device?.tenant?.rawValue
        try await store.noteFleet(
            "claim_issued", by: actor, about: device?.deviceID.rawValue ?? template, detail,
            at: environment.now())
        return ProvisioningClaim(
            target: target, template: template, endpoint: endpoint, certificateID: claim.certificateID,
            certificate: claim.certificatePEM, privateKey: claim.privateKey,
            roots: settings.deviceRoots ?? AmazonRoots.both,
            expires: claim.expires)
    }

    // MARK: Over the API

    /// A claim for a device, for whoever may send operations about it.
    ///
    /// Another template or target than the device's own lets in what the device may not be: that is for whoever plans.
    func provisioningClaim(
        of id: DeviceID, _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> ProvisioningClaim {
        let wish: ClaimWish = try Self.read(body)
        let device = try await ask { store in
            try await store.device(id, seenBy: Self.localAdministrator, at: now)
        }
        guard let device else { throw RequestFailure(Problem(.notFound)) }
        guard let tenant = device.tenant else { throw RequestFailure(Problem(.notClaimed)) }
        let isPlanned = wish.target != nil || wish.template != nil
        let permission: Permission =
            isPlanned ? .plan(tenant, .site(device.site)) : .submit(tenant, .site(device.site))
        if let problem = authorise(permission, of: caller, at: now) {
            throw RequestFailure(problem.knownCode == .unknownTenant ? Problem(.notFound) : problem)
        }
        let target = try await claimTarget(wish, device, tenant)
        do {
            return try await claim(at: target, wish.template, for: device, by: caller.operatorID)
        } catch { throw RequestFailure(Self.problem(of: error, at: target)) }
    }

    private func claimTarget(
        _ wish: ClaimWish, _ device: DeviceRecord, _ tenant: TenantID
    ) async throws(RequestFailure) -> TargetID {
        if let target = wish.target ?? device.target?.target { return target }
        let serial = device.identity.fields["serial"] ?? device.deviceID.rawValue
        let question = PlacementQuestion(
            deviceName: serial, serial: serial, tenant: tenant, site: device.site,
            product: device.identity.product)
        let answer: PlacementAnswer?
        do { answer = try await placement(of: question) } catch {
            throw RequestFailure(Problem(.unavailable, detail: error.explanation.what))
        }
        guard let target = answer?.target, target != .builtIn else {
            throw RequestFailure(
                Problem(
                    .targetUnfit, detail: "The device is at no target that gives claims, and none is placed.")
            )
        }
        return target
    }

    private static func problem(of error: any Error, at target: TargetID) -> Problem {
        switch error {
        case FleetError.refused(let fault) where fault.retry == .never:
            return Problem(
                .targetRefused, detail: "\(target) gave no claim: \(fault.what)", nextStep: fault.nextStep)
        case FleetError.notAWS, FleetError.noTemplate, FleetError.missing:
            let explanation = RegistrarError(ofTarget: error).explanation
            return Problem(.targetUnfit, detail: "\(explanation.what)", nextStep: explanation.nextStep)
        case RegistrarError.store(.refused(let problem)): return problem
        default:
            let explanation = RegistrarError(ofTarget: error).explanation
            return Problem(.unavailable, detail: "\(explanation.what)", nextStep: explanation.nextStep)
        }
    }
}
