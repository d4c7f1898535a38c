package import Model

/// What a registrar asks of signatures and tokens.
package struct SigningPolicy: Equatable, Sendable {
    /// Whether operations without a signature are refused. Until then they are taken from the operator they name.
    package var requiresSignatures: Bool

    /// Whether tokens that are bound to no tablet, such as those of pairing files, are refused.
    package var requiresBoundTokens: Bool

    package init(requiresSignatures: Bool = false, requiresBoundTokens: Bool = false) {
        self.requiresSignatures = requiresSignatures
        self.requiresBoundTokens = requiresBoundTokens
    }
}

/// What the signature of an operation turned out to be.
package enum SignatureFinding: Equatable, Sendable {
    case unsigned
    case keyUnknown
    /// Made by this key over exactly these bytes.
    case genuine(OperatorKey)
    /// Said to be this key's, and is not.
    case notGenuine(OperatorKey)
}

/// By whose rights an operation is judged.
package enum ActorVerdict: Equatable, Sendable {
    case acts(Operator)
    case refused(Refusal)
}

/// Finds who acted: the operator whose key signed the operation, whoever brings it.
///
/// `named`: the operator that the operation names, as the registrar has them; `caller`: who brings it. What is refused here
/// is not kept under the operation's id: nobody has shown that the operation is theirs.
package func actor(
    of operation: Operation, finding: SignatureFinding, named: Operator?, carriedBy caller: Operator,
    under policy: SigningPolicy, at now: Timestamp
) -> ActorVerdict {
    switch finding {
    case .unsigned:
        guard operation.operatorID == caller.operatorID else { return refuse(.operatorMismatch) }
        return policy.requiresSignatures ? refuse(.operationUnsigned) : .acts(caller)
    case .keyUnknown: return refuse(.signingKeyUnknown)
    case .notGenuine: return refuse(.signatureFalse, alarm: .falseSignature)
    case .genuine(let key):
        guard key.operatorID == operation.operatorID else {
            return refuse(
                .signatureFalse,
                "The operation names \(operation.operatorID) and is signed by somebody else.",
                alarm: .falseSignature)
        }
        if let end = key.until, now >= end {
            return refuse(.signingKeyRevoked, alarm: key.revoked ? .endedKey : nil)
        }
        // A caller may be known by more than the list of operators: the administrator on the registrar's machine.
        if caller.operatorID == operation.operatorID { return .acts(caller) }
        return carried(operation, named, now)
    }
}

/// Rights that have ended are said of the operator who acted: the sign-in of whoever brings the operation is in order.
private func carried(_ operation: Operation, _ named: Operator?, _ now: Timestamp) -> ActorVerdict {
    guard let named else {
        return refuse(.notAuthorised, "The registrar has no operator \(operation.operatorID).")
    }
    if let end = named.validUntil, now >= end {
        return refuse(.notAuthorised, "The permission of \(operation.operatorID) has ended.")
    }
    return .acts(named)
}

private func refuse(
    _ code: ProblemCode, _ detail: String? = nil, alarm: Refusal.Alarm? = nil
) -> ActorVerdict {
    .refused(Refusal(Problem(code, detail: detail), alarm: alarm, isRecorded: false))
}
