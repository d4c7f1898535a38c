import TargetCore

extension AWSFaults {
    /// Errors about things, certificates and policies.
    static let registry: [String: Entry] = [
        "ResourceNotFoundException": Entry(
            code: "aws_not_found", what: "something that it needs is not in this account and region.",
            nextStep: "Check that thing type, groups and policy of the target exist in its region.",
            retry: .never),
        "ResourceAlreadyExistsException": Entry(
            code: "aws_exists", what: "it is there already, with other content.",
            nextStep: "Look at it in the AWS console; remove it or choose another name.", retry: .never),
        "InvalidRequestException": Entry(
            code: "aws_request", what: "AWS does not take what was sent.",
            nextStep: "Read AWS's words: most often a name, an attribute or a missing thing type.",
            retry: .never),
        "CertificateConflictException": Entry(
            code: "aws_certificate_conflict",
            what: "several registered authorities have this subject, and it is not clear which one issued.",
            nextStep: "Name the authority's certificate in the target, so that it is sent along.",
            retry: .never),
        "CertificateStateException": Entry(
            code: "aws_certificate_state", what: "the certificate stands in a state that does not allow it.",
            nextStep:
                "Look at the certificate in the AWS console; one in transfer must be accepted or cancelled.",
            retry: .never),
        "CertificateValidationException": Entry(
            code: "aws_certificate_refused",
            what: "the certificate is not acceptable: its form, its dates, its key or its issuer.",
            nextStep:
                "Check the chain to the registered authority, the dates, and that the key is RSA or NIST EC.",
            retry: .never),
        "RegistrationCodeValidationException": Entry(
            code: "aws_registration_code",
            what:
                "the verification certificate does not carry this account's registration code as its common name.",
            nextStep: "Ask for the code of this very account and region, and sign a new certificate with it.",
            retry: .never),
        "DeleteConflictException": Entry(
            code: "aws_still_attached",
            what: "it is attached to something, or AWS has not yet noticed otherwise.",
            nextStep: "Wait; detaching takes up to five minutes to be seen, and the work goes on by itself.",
            retry: .later),
        "VersionConflictException": Entry(
            code: "aws_version", what: "somebody changed it meanwhile.",
            nextStep: "Wait; it is read anew and tried again.", retry: .rereading),
        "ConflictingResourceUpdateException": Entry(
            code: "aws_updated_meanwhile", what: "another change of the same was under way.",
            nextStep: "Wait; it is read anew and tried again.", retry: .rereading),
        "MalformedPolicyException": Entry(
            code: "aws_policy_malformed", what: "the policy's document is not one that AWS reads.",
            nextStep: "Check the document: JSON, Version, Statement, and variables of AWS IoT only.",
            retry: .never),
        "VersionsLimitExceededException": Entry(
            code: "aws_versions_full", what: "there are as many versions as may be kept.",
            nextStep: "Delete an old version in the AWS console, then try again.", retry: .never),
        "LimitExceededException": Entry(
            code: "aws_quota",
            what: "a quota of the account is used up; this is no throttling and does not pass.",
            nextStep: "Ask AWS for a higher quota, or take away what is no longer used.", retry: .never),
        "ResourceRegistrationFailureException": Entry(
            code: "aws_registration_failed", what: "the template could not be carried out for this device.",
            nextStep: "Check the template's parameters, and what its role may do.", retry: .never),
        "TransferConflictException": Entry(
            code: "aws_transfer_conflict",
            what:
                "the certificate cannot be transferred: it is in transfer, or has a policy or thing attached.",
            nextStep: "Detach policies and things, or cancel the transfer under way.", retry: .never),
        "TransferAlreadyCompletedException": Entry(
            code: "aws_transfer_completed", what: "the transfer has been accepted already.",
            nextStep: "Look for the certificate in the other account.", retry: .never),
        "ConflictException": Entry(
            code: "aws_conflict", what: "it does not go together with what is there.",
            nextStep: "Look at it in the AWS console, then try again.", retry: .never),
        "InvalidStateTransitionException": Entry(
            code: "aws_state_transition",
            what: "it cannot go from its present state to the one that was asked for.",
            nextStep: "Look at its state in the AWS console.", retry: .never),
    ]
}
