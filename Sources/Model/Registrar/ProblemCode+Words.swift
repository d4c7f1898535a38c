extension ProblemCode {
    /// What happened, in a sentence for the field.
    package var title: String { words.title }

    /// What to do next, as an instruction.
    package var nextStep: String { words.nextStep }

    private var words: (title: String, nextStep: String) {
        switch self {
        case .claimedByAnotherTenant:
            (
                "This device belongs to another customer.",
                "Check the label, set the device aside, take the next one."
            )
        case .unknownDevice:
            (
                "This device is not in the delivery list.",
                "Check the serial; if it is right, ask the desk to add it. The claim waits and is tried again."
            )
        case .claimCodeWrong:
            (
                "The claim code does not match this device.",
                "Scan the label again, or ask the desk for a new code."
            )
        case .claimCodeMissing:
            ("This device needs its claim code.", "Scan the code on the label, not only the serial.")
        case .notClaimed:
            ("Nobody of your tenant has claimed this device.", "Claim the device first.")
        case .staleVersion:
            ("The device was changed by somebody else meanwhile.", "Look at the device and decide again.")
        case .identityConflict:
            (
                "The label's identifiers belong to two different devices.",
                "Check that all codes are on the same device, and ask the desk."
            )
        case .identityMissing:
            ("The label does not name a single device.", "Scan the code with the serial, or type the serial.")
        case .certificateRequestRefused:
            ("The certificate request was not accepted.", "Make a new request as the reason says.")
        case .keyReused:
            (
                "This key already belongs to another device.",
                "Make a new key on the device, and a new request."
            )
        case .targetUnknown:
            (
                "The registrar has no such target.",
                "Choose another, or ask the desk: `muster-registrar target list` names them."
            )
        case .targetUnfit:
            (
                "The target cannot take the device as it proves itself.",
                "Provision it with a certificate request, or ask the desk for another target."
            )
        case .targetRefused:
            (
                "The target did not take the device; nothing of the attempt is left there.",
                "Do as the reason says, then provision again."
            )
        case .notProvisioned:
            ("The device is provisioned nowhere.", "Provision it first.")
        case .predecessorMissing:
            (
                "An earlier operation of this device has not arrived.",
                "Sync again; the earlier one is sent first."
            )
        case .predecessorFailed:
            ("An earlier operation of this device was refused.", "Settle the earlier operation first.")
        case .idempotencyMismatch:
            (
                "The registrar knows this operation id with other content.",
                "Export the operation and send it to support; do not repeat the work."
            )
        case .operationMalformed:
            ("The registrar could not read the operation.", "Export the operation and send it to support.")
        case .versionUnsupported:
            (
                "The registrar is older than this operation.",
                "Ask the desk to update the registrar; nothing is lost."
            )
        case .unknownSite:
            ("The registrar has no such site.", "Choose a site of the list, or ask the desk to add it.")
        case .unknownTenant:
            ("The registrar has no such tenant that you may use.", "Choose a tenant of the list.")
        case .signedOut:
            (
                "The registrar does not know who is asking.",
                "Sign in again, or pair with a fresh token; saved work stays."
            )
        case .notAuthorised:
            ("You may not do this here.", "Ask somebody who may, or ask the desk for the right.")
        case .operatorMismatch:
            ("The operation was made by another operator.", "Let that operator sync it.")
        case .operationUnsigned:
            (
                "The operation is not signed by the operator who made it.",
                "Let that operator decide it anew with `muster queue resolve --take mine`, which signs it."
            )
        case .signatureFalse:
            (
                "The operation's signature is not that of its operator.",
                "Do not send it again; export it and tell the desk."
            )
        case .signingKeyUnknown:
            (
                "The registrar does not know the key that signed the operation.",
                "Let the operator who made it sync once with their own sign-in; it waits until then."
            )
        case .signingKeyRevoked:
            (
                "The key that signed the operation was ended.",
                "Ask the desk why; the operator signs in again and decides the operation anew."
            )
        case .notFound:
            ("There is nothing of that name here.", "Check the name.")
        case .operationUnknown:
            ("The registrar has never seen this operation.", "Sync; it will be sent.")
        case .requestMalformed:
            ("The registrar could not read the request.", "Update both sides to versions that match.")
        case .requestTooLarge:
            ("The request is larger than the registrar takes.", "Send less at once.")
        case .methodNotAllowed:
            ("That cannot be done to this address.", "Check the API document at /v1/openapi.json.")
        case .alreadyExists:
            ("Something of that name exists already.", "Choose another name, or use the one that exists.")
        case .cannotCalculateChanges:
            ("The list on this tablet is too old to bring up to date.", "Load it anew.")
        case .inProgress:
            ("The registrar is still working on this operation.", "Wait; it is asked about again.")
        case .rateLimited:
            ("The registrar is busy.", "Wait; it is tried again by itself.")
        case .unavailable:
            ("The registrar cannot answer now.", "Wait; it is tried again by itself.")
        }
    }
}
