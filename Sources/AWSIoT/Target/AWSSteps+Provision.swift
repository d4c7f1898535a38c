import TargetCore

/// Provisioning and the first half of a rotation: inactive first, let in last.
extension AWSSteps {
    var provision: TargetStep {
        guard target.proof(of: work.device) != nil || AWSTarget.brought(work.device) != nil else {
            return refused(.proof)
        }
        return endpointStep ?? broughtStep ?? thingMadeStep ?? principalsStep ?? statusStep(work.certificates)
            ?? certificateStep ?? attachments ?? groupsStep ?? billingStep ?? sweepStep ?? letIn
            ?? .done(provisioned(previous: []))
    }

    var rotation: TargetStep {
        guard target.proof(of: work.device) != nil else { return refused(.proof) }
        return endpointStep ?? thingStep ?? principalsStep ?? statusStep(work.certificates)
            ?? certificateStep ?? attachments ?? sweepStep ?? activation
            ?? .done(provisioned(previous: others.filter(isActive)))
    }

    private func provisioned(previous: [String]) -> TargetOutcome {
        TargetOutcome(
            device: outcome(certificate: work[AWSFact.certificate], previous: previous),
            certificateChain: settings.issuer == .aws && AWSTarget.brought(work.device) == nil
                ? work[AWSFact.certificatePEM] : nil,
            serviceRoots: settings.deviceRoots ?? AmazonRoots.both)
    }

    private var thingMadeStep: TargetStep? {
        switch work[AWSFact.thing] {
        case nil where work[AWSFact.thingBefore] == AWSFact.absent:
            .call(
                AWSCalls.createThing(
                    name, type: settings.thingType, attributes: attributes,
                    billingGroup: settings.billingGroup))
        case nil: .call(AWSCalls.describeThing(name))
        case AWSFact.found where work[AWSFact.thingWas] != nil && work[AWSFact.thingSet] == nil: changeStep
        default: nil
        }
    }

    private var attributes: [String: String] {
        AWSAttributes.of(work.device, templates: settings.attributes)
    }

    /// Changes a thing that was there, guarded by the version that was read.
    private var changeStep: TargetStep {
        guard let version = work[AWSFact.version].flatMap({ Int($0) }) else {
            return .call(AWSCalls.describeThing(name))
        }
        return .call(
            AWSCalls.updateThing(
                name, type: settings.thingType, attributes: attributes, merge: true,
                expectedVersion: version))
    }

    /// Certificates that the thing had, without the one that this work is about.
    var others: [String] { work.certificates.filter { $0 != work[AWSFact.certificate] } }

    /// On a certificate that this work did not make, what was there before is read first, for the way back.
    private var attachments: TargetStep? {
        guard let id = work[AWSFact.certificate], let arn = work[AWSFact.certificateARN] else { return nil }
        if work[AWSFact.origin] == AWSFact.found {
            if work[AWSFact.alone] == nil, settings.exclusiveThing, !work.certificates.contains(id) {
                return .call(AWSCalls.listPrincipalThings(arn))
            }
            if work[AWSFact.policyBefore] == nil { return .call(AWSCalls.listAttachedPolicies(arn)) }
        }
        return once(AWSCalls.attachPolicy(settings.policy, to: arn))
            ?? once(
                AWSCalls.attachThingPrincipal(name, principal: arn, exclusively: settings.exclusiveThing))
    }

    private var groupsStep: TargetStep? {
        guard !settings.groups.isEmpty else { return nil }
        if work[AWSFact.thing] == AWSFact.found, work[AWSFact.groupsDone] == nil {
            return .call(AWSCalls.listThingGroups(ofThing: name, nextToken: work[AWSFact.groupsNext]))
        }
        return each(
            settings.groups.filter { !work.list(AWSFact.groups).contains($0) }
                .map { AWSCalls.addThing(name, toGroup: $0) })
    }

    /// A thing that is made has its billing group from the start.
    private var billingStep: TargetStep? {
        guard let group = settings.billingGroup, work[AWSFact.thing] == AWSFact.found,
            work[AWSFact.billingWas] != group
        else { return nil }
        return once(AWSCalls.addThing(name, toBillingGroup: group))
    }

    private var activation: TargetStep? {
        guard let id = work[AWSFact.certificate], !(work[AWSFact.origin] == AWSFact.found && isActive(id))
        else { return nil }
        return once(AWSCalls.updateCertificate(id, to: .active))
    }

    /// Lets the device in, and then its older certificates in no more. They are kept, so that it can be undone.
    private var letIn: TargetStep? {
        activation ?? each(others.filter(isActive).map { AWSCalls.updateCertificate($0, to: .inactive) })
    }
}
