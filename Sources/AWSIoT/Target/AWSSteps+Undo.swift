import Model
import TargetCore

/// The way back, newest first.
extension AWSSteps {
    func undoing(_ fault: TargetFault) -> TargetStep {
        let step: TargetStep? =
            switch work.intent {
            case .provision: undoneLetIn ?? undoneGroups ?? undoneCertificate ?? sweepStep ?? undoneThing
            case .rotate: undoneLetIn ?? undoneCertificate ?? sweepStep
            case .disable:
                each(work.certificates.filter(isActive).map { AWSCalls.updateCertificate($0, to: .active) })
            case .enable:
                each(
                    work.certificates.filter { status($0) == AWSCertificateStatus.inactive.rawValue }
                        .map { AWSCalls.updateCertificate($0, to: .inactive) })
            // What was taken away stays away: half of a removal is nearer to the wish than none.
            case .finishRotation, .remove, .describe, .verifySeen: nil
            }
        return step ?? .refused(fault)
    }

    private func wasDone(_ call: CloudCall) -> Bool { work.facts["done." + call.identity] != nil }

    private var attachPolicy: CloudCall? {
        work[AWSFact.certificateARN].map { AWSCalls.attachPolicy(settings.policy, to: $0) }
    }

    private var attachPrincipal: CloudCall? {
        work[AWSFact.certificateARN].map {
            AWSCalls.attachThingPrincipal(name, principal: $0, exclusively: settings.exclusiveThing)
        }
    }

    /// Older certificates are let in again before the new one is not any more.
    private var undoneLetIn: TargetStep? {
        guard let id = work[AWSFact.certificate], attachPrincipal.map(wasDone) == true else { return nil }
        let olds =
            work.intent == .provision
            ? others.filter(isActive).map { AWSCalls.updateCertificate($0, to: .active) } : []
        let isAsBefore = work[AWSFact.origin] == AWSFact.found && isActive(id)
        return each(olds) ?? (isAsBefore ? nil : once(AWSCalls.updateCertificate(id, to: .inactive)))
    }

    private var undoneGroups: TargetStep? {
        guard work[AWSFact.thing] == AWSFact.found, attachPrincipal.map(wasDone) == true else { return nil }
        let groups =
            work[AWSFact.groupsDone] == nil
            ? [] : settings.groups.reversed().filter { !work.list(AWSFact.groups).contains($0) }
        return undoneBilling ?? each(groups.map { AWSCalls.removeThing(name, fromGroup: $0) })
    }

    private var undoneBilling: TargetStep? {
        guard let group = settings.billingGroup, work[AWSFact.billingWas] != group else { return nil }
        guard let before = work[AWSFact.billingWas] else {
            return once(AWSCalls.removeThing(name, fromBillingGroup: group))
        }
        return once(AWSCalls.addThing(name, toBillingGroup: before))
    }

    /// A registration whose answers were all lost: the certificate was not there, so that what is there now is this work's.
    private var undoneRegistration: TargetStep? {
        guard settings.issuer != .aws, let pem = target.proof(of: work.device),
            let id = target.facts(pem).first?.fingerprint.rawValue, status(id) == AWSFact.absent
        else { return nil }
        return once(AWSCalls.deleteCertificate(id))
    }

    private var undoneCertificate: TargetStep? {
        guard let id = work[AWSFact.certificate], let arn = work[AWSFact.certificateARN] else {
            return undoneRegistration
        }
        let isMade = work[AWSFact.origin] == AWSFact.made
        var calls: [CloudCall] = []
        if attachPolicy.map(wasDone) == true, !work.certificates.contains(id) {
            calls.append(AWSCalls.detachThingPrincipal(name, principal: arn))
        }
        if isMade || work[AWSFact.policyBefore] == "no" {
            calls.append(AWSCalls.detachPolicy(settings.policy, from: arn))
        }
        if isMade { calls.append(AWSCalls.deleteCertificate(id)) }
        return each(calls)
    }

    private var undoneThing: TargetStep? {
        switch work[AWSFact.thing] {
        case AWSFact.made: once(AWSCalls.deleteThing(name))
        case AWSFact.found: restoredThing
        // Whether it was made is not known: it is asked, and only this device's own goes.
        case nil where work[AWSFact.thingBefore] == AWSFact.absent: asked(AWSCalls.describeThing(name))
        default: nil
        }
    }

    private var restoredThing: TargetStep? {
        guard let json = work[AWSFact.thingWas],
            let was = try? CanonicalJSON.decode(AWSReplies.Thing.self, from: Array(json.utf8))
        else { return nil }
        return once(
            AWSCalls.updateThing(
                name, type: was.thingTypeName, attributes: was.attributes ?? [:], merge: false,
                removeType: was.thingTypeName == nil && settings.thingType != nil))
    }
}
