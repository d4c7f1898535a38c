/// Every reason a registrar gives, with the words that the field sees.
package enum ProblemCode: String, CaseIterable, Sendable {
    // About one operation.
    case claimedByAnotherTenant = "claimed_other_tenant"
    case unknownDevice = "unknown_serial"
    case claimCodeWrong = "claim_code_wrong"
    case claimCodeMissing = "claim_code_missing"
    case notClaimed = "not_claimed"
    case staleVersion = "stale_version"
    case identityConflict = "identity_conflict"
    case identityMissing = "identity_missing"
    case certificateRequestRefused = "csr_policy"
    case keyReused = "key_reused"
    // About the target that a device is to be provisioned into.
    case targetUnknown = "unknown_target"
    case targetUnfit = "target_unfit"
    case targetRefused = "target_refused"
    case notProvisioned = "not_provisioned"
    case predecessorMissing = "predecessor_missing"
    case predecessorFailed = "predecessor_failed"
    case idempotencyMismatch = "idempotency_mismatch"
    case operationMalformed = "operation_malformed"
    case versionUnsupported = "schema_too_new"
    case unknownSite = "unknown_site"
    case unknownTenant = "unknown_tenant"
    // About the caller.
    case signedOut = "signed_out"
    case notAuthorised = "not_authorised"
    case operatorMismatch = "operator_mismatch"
    // About the signature of the operator who acted.
    case operationUnsigned = "operation_unsigned"
    case signatureFalse = "signature_false"
    case signingKeyUnknown = "signing_key_unknown"
    case signingKeyRevoked = "signing_key_revoked"
    // About the request or the service.
    case notFound = "not_found"
    case operationUnknown = "operation_unknown"
    case requestMalformed = "request_malformed"
    case requestTooLarge = "request_too_large"
    case methodNotAllowed = "method_not_allowed"
    case alreadyExists = "already_exists"
    case cannotCalculateChanges = "cannot_calculate_changes"
    case inProgress = "in_progress"
    case rateLimited = "rate_limited"
    case unavailable = "unavailable"

    /// HTTP status code of a problem that answers a whole request.
    package var status: Int {
        switch self {
        case .requestMalformed, .operationMalformed, .identityMissing: 400
        case .signedOut: 401
        case .claimCodeWrong, .claimCodeMissing, .notAuthorised, .operatorMismatch, .operationUnsigned,
            .signatureFalse, .signingKeyRevoked:
            403
        case .notFound, .operationUnknown, .unknownDevice, .unknownSite, .unknownTenant,
            .targetUnknown:
            404
        case .methodNotAllowed: 405
        case .claimedByAnotherTenant, .notClaimed, .identityConflict, .predecessorMissing, .predecessorFailed,
            .alreadyExists, .inProgress, .keyReused, .signingKeyUnknown, .notProvisioned:
            409
        case .cannotCalculateChanges: 410
        case .staleVersion: 412
        case .requestTooLarge: 413
        case .certificateRequestRefused, .idempotencyMismatch, .targetUnfit, .targetRefused: 422
        case .versionUnsupported: 426
        case .rateLimited: 429
        case .unavailable: 503
        }
    }

    package var retryable: Bool {
        switch self {
        case .unknownDevice, .predecessorMissing, .inProgress, .rateLimited, .unavailable,
            .signingKeyUnknown:
            true
        case .claimedByAnotherTenant, .claimCodeWrong, .claimCodeMissing, .notClaimed, .staleVersion,
            .identityConflict, .identityMissing, .certificateRequestRefused, .keyReused, .targetUnknown,
            .targetUnfit, .targetRefused, .notProvisioned, .predecessorFailed,
            .idempotencyMismatch, .operationMalformed, .versionUnsupported, .unknownSite, .unknownTenant,
            .signedOut, .notAuthorised, .operatorMismatch, .operationUnsigned, .signatureFalse,
            .signingKeyRevoked, .notFound, .operationUnknown, .requestMalformed,
            .requestTooLarge, .methodNotAllowed, .alreadyExists, .cannotCalculateChanges:
            false
        }
    }
}
