import TargetCore

/// Taking certificates and things away: not let in, detached, deleted.
extension AWSSteps {
    var removal: TargetStep {
        let marked = work.marked(AWSMark.certificate) + work.marked(AWSMark.previous)
        let ids = work.certificates + marked.filter { !work.certificates.contains($0) }
        return thingStep ?? principalsStep ?? takenAway(ids) ?? detached ?? thingGone
            ?? .done(TargetOutcome(device: nil))
    }

    /// Principals that are no certificates are only detached.
    private var detached: TargetStep? {
        each(
            work.list(AWSFact.principals).filter { AWSName($0)?.certificateID == nil }
                .map { AWSCalls.detachThingPrincipal(name, principal: $0) })
    }

    private var thingGone: TargetStep? {
        work.hasThing ? once(AWSCalls.deleteThing(name)) : nil
    }

    var rotationEnd: TargetStep {
        guard let current = work.marked(AWSMark.certificate).first else { return refused(.noCurrent) }
        if let step = endpointStep ?? thingStep ?? principalsStep ?? statusStep([current]) { return step }
        guard isActive(current) else { return refused(.newNotActive) }
        let marked = work.marked(AWSMark.previous)
        let olds = (marked.isEmpty ? work.certificates : marked).filter { $0 != current }
        return takenAway(olds) ?? .done(TargetOutcome(device: outcome(certificate: current)))
    }

    /// One certificate after the other, each only when no other thing has it.
    private func takenAway(_ ids: [String]) -> TargetStep? {
        for id in ids {
            if let step = statusStep([id]) { return step }
            if status(id) == AWSFact.absent { continue }
            if work[AWSFact.shared(id)] == nil { return .call(AWSCalls.listPrincipalThings(arn(id))) }
            if let step = each(callsTakingAway(id)) { return step }
        }
        return nil
    }

    private func callsTakingAway(_ id: String) -> [CloudCall] {
        let detach =
            work.certificates.contains(id)
            ? [AWSCalls.detachThingPrincipal(name, principal: arn(id))] : []
        guard work[AWSFact.shared(id)] == "no" else { return detach }
        let detachAll = detach + [AWSCalls.detachPolicy(settings.policy, from: arn(id))]
        // A revoked certificate stays as a record; one of a registered authority could otherwise register itself again.
        let isRevoked = status(id) == AWSCertificateStatus.revoked.rawValue
        if settings.issuer == .authority || isRevoked {
            return (isRevoked ? [] : [AWSCalls.updateCertificate(id, to: .revoked)]) + detachAll
        }
        return [AWSCalls.updateCertificate(id, to: .inactive)] + detachAll
            + [AWSCalls.deleteCertificate(id, force: true)]
    }
}
