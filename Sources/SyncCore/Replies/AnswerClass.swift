package import Model

/// What a registrar's answer about one operation means for what happens next.
package enum AnswerClass: Equatable, CaseIterable, Sendable {
    /// A receipt: applied.
    case accepted
    /// Will never succeed as it is; stays until a person closes it.
    case rejected
    /// Two people decided differently; a person chooses.
    case conflict
    /// May succeed later by itself.
    case failed
    /// May succeed once a list at the desk changes; tried slowly and with each delta of the catalogue.
    case waitsForCatalogue
    /// The registrar is at work on it, or waits for somebody else: the same is sent again in its time.
    case underWay
    /// The registrar has never seen it: it can be sent.
    case unseen
    /// The sign-in is refused: nothing of this operator gets through.
    case signInRefused
    /// Not known to this version: tried a few times, then put before a person with what the registrar said.
    case unknown
}

extension Problem {
    /// The class of this problem when it answers one operation.
    package var answerClass: AnswerClass {
        guard let knownCode else { return .unknown }
        return knownCode.answerClass
    }
}

extension ProblemCode {
    /// The class of a problem of this code when it answers one operation.
    package var answerClass: AnswerClass {
        switch self {
        case .claimedByAnotherTenant, .staleVersion, .identityConflict, .keyReused: .conflict
        case .claimCodeWrong, .claimCodeMissing, .notClaimed, .identityMissing, .certificateRequestRefused,
            .predecessorFailed, .idempotencyMismatch, .operationMalformed, .versionUnsupported, .unknownSite,
            .unknownTenant, .notAuthorised, .operatorMismatch, .requestTooLarge, .operationUnsigned,
            .signatureFalse, .signingKeyRevoked, .targetUnknown, .targetUnfit, .targetRefused,
            .notProvisioned:
            .rejected
        case .unknownDevice: .waitsForCatalogue
        case .rateLimited, .unavailable, .signingKeyUnknown: .failed
        case .inProgress: .underWay
        case .operationUnknown: .unseen
        case .signedOut: .signInRefused
        // The engine sends a successor only when nothing before it is open, so this cannot heal for ever; and the
        // others answer requests, never operations.
        case .predecessorMissing, .notFound, .requestMalformed, .methodNotAllowed, .alreadyExists,
            .cannotCalculateChanges:
            .unknown
        }
    }
}
