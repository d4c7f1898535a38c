import Model
import TargetCore

/// What a refusal means for this very call: some are answers, some pass, the rest are faults.
extension AWSReading {
    /// How often something that should be there is looked for again: AWS takes seconds to agree with itself.
    private static let settlingTries = 3
    /// About half an hour of pauses that double; what is attached for longer does not come loose by itself.
    private static let detachingTries = 12

    var refusal: TargetReading {
        let error = AWSError(reply)
        if let meaning = meaning(of: error) { return meaning }
        var fault = AWSFaults.fault(error, of: call.name)
        if call.repeats == .doubling, reply.status >= 500 { fault.mayHaveActed = true }
        if passes(error) {
            fault.retry = .later
        } else if fault.retry == .later, isTooOften(error) {
            fault.retry = .never
        }
        return .fault(fault)
    }

    private func meaning(of error: AWSError) -> TargetReading? {
        switch error.type {
        case "ResourceNotFoundException": absence
        case "ResourceAlreadyExistsException": presence(error)
        // Also the answer where nobody has switched the index on.
        case "IndexNotReadyException" where work.faultsInRow >= Self.settlingTries: own(.indexingOff)
        default: nil
        }
    }

    private var absence: TargetReading? {
        switch call.name {
        case "DescribeThing": absentThing
        case "DescribeCertificate":
            goneCandidate ?? .learned([AWSFact.status(call.path.last ?? ""): AWSFact.absent])
        case "DetachThingPrincipal", "DetachPolicy", "DeleteCertificate", "DeleteThing",
            "RemoveThingFromThingGroup", "RemoveThingFromBillingGroup":
            isDone
        // What is let in no more because it is gone is as good.
        case "UpdateCertificate" where isTakingAway: isDone
        case "SearchIndex": own(.indexEmpty)
        default: nil
        }
    }

    private var isTakingAway: Bool {
        work.fault != nil || work.intent == .remove || work.intent == .finishRotation
    }

    private var absentThing: TargetReading {
        if work.fault != nil { return .learned([AWSFact.thing: AWSFact.absent]) }
        switch work.intent {
        case .provision: return .learned([AWSFact.thingBefore: AWSFact.absent])
        case .describe, .remove: return .learned([AWSFact.thing: AWSFact.absent])
        case .rotate, .finishRotation, .disable, .enable, .verifySeen: return own(.thingMissing)
        }
    }

    /// A certificate that was not there a moment ago is this work's own, of a call whose answer was lost. A thing of other
    /// content is read anew.
    private func presence(_ error: AWSError) -> TargetReading? {
        switch call.name {
        case "RegisterCertificate", "RegisterCertificateWithoutCA":
            let asked = target.proof(of: work.device).flatMap { target.facts($0).first?.fingerprint.rawValue }
            let named = error.resourceID.flatMap { AWSName.isCertificateID($0) ? $0 : nil }
            return (named ?? asked).map {
                .learned(known($0, arn: error.resourceARN, origin: AWSFact.made))
            }
        case "CreateThing":
            var fault = AWSFaults.fault(error, of: call.name)
            fault.retry = .rereading
            return .fault(fault)
        default: return nil
        }
    }

    /// Refusals that AWS gives for a while after something was made or detached.
    private func passes(_ error: AWSError) -> Bool {
        guard work.faultsInRow < Self.settlingTries else { return false }
        switch (call.name, error.type) {
        case ("AttachPolicy", "ResourceNotFoundException"),
            ("AttachThingPrincipal", "ResourceNotFoundException"),
            ("AddThingToThingGroup", "ResourceNotFoundException"),
            ("UpdateCertificate", "ResourceNotFoundException"),
            ("DeleteCertificate", "CertificateStateException"),
            ("DeleteThing", "InvalidRequestException"):
            return true
        default: return false
        }
    }

    private func isTooOften(_ error: AWSError) -> Bool {
        error.type == "DeleteConflictException" && work.faultsInRow >= Self.detachingTries
    }
}
