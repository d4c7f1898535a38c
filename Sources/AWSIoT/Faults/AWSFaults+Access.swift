import TargetCore

extension AWSFaults {
    /// Errors about who asks, most of them from the front end, before AWS IoT has seen the call. They pass once somebody has
    /// mended the cause.
    static let access: [String: Entry] = [
        "UnauthorizedException": Entry(
            code: "aws_unauthorized", what: "the registrar's keys may not do this.",
            nextStep: "Give the registrar's role the right to this call on this resource.",
            retry: .afterMending),
        "AccessDeniedException": Entry(
            code: "aws_access_denied", what: "a policy of the account denies the registrar this call.",
            nextStep: "Give the registrar's role the right that AWS names, then let the work go on.",
            retry: .afterMending),
        "ForbiddenException": Entry(
            code: "aws_forbidden",
            what: "the front end of AWS lets this call through for nobody with these keys.",
            nextStep: "Check that region and address belong together, and what the role may do.",
            retry: .afterMending),
        "InvalidSignatureException": Entry(
            code: "aws_signature",
            what:
                "the signature did not fit: the secret key, the region, the service's name or the clock is wrong.",
            nextStep: "Check the registrar's clock first, then region and secret key of the target.",
            retry: .afterMending),
        "SignatureDoesNotMatch": Entry(
            code: "aws_signature_other", what: "the signature did not fit the request that arrived.",
            nextStep: "Check the secret key, and that no proxy changes requests on their way.",
            retry: .afterMending),
        "UnrecognizedClientException": Entry(
            code: "aws_key_unknown",
            what: "AWS does not know the access key, or its session token is missing.",
            nextStep: "Check the access key; one that starts with ASIA needs its session token.",
            retry: .afterMending),
        "InvalidClientTokenId": Entry(
            code: "aws_key_unknown_sts", what: "AWS does not know the access key.",
            nextStep: "Check the access key and that it belongs to this partition of AWS.",
            retry: .afterMending),
        "MissingAuthenticationTokenException": Entry(
            code: "aws_not_signed", what: "the call arrived without a signature.",
            nextStep: "Check that no proxy takes the Authorization header away.", retry: .afterMending),
        "IncompleteSignatureException": Entry(
            code: "aws_signature_incomplete", what: "the call arrived with a part of its signature missing.",
            nextStep: "Check that no proxy changes headers, and that the access key has no blanks in it.",
            retry: .afterMending),
        "ExpiredTokenException": Entry(
            code: "aws_token_expired", what: "the registrar's temporary keys have run out.",
            nextStep: "Give the registrar fresh keys; the work goes on with them.", retry: .afterMending),
        "ExpiredToken": Entry(
            code: "aws_token_expired_sts", what: "the registrar's temporary keys have run out.",
            nextStep: "Give the registrar fresh keys; the work goes on with them.", retry: .afterMending),
        "RequestExpired": Entry(
            code: "aws_clock",
            what: "the call was signed at a time that AWS does not accept: the clock is off.",
            nextStep: "Set the registrar's clock; more than five minutes off is refused.",
            retry: .afterMending),
        "OptInRequired": Entry(
            code: "aws_opt_in", what: "the account has not opted in to this region or service.",
            nextStep: "Switch the region on for the account, or choose another.", retry: .afterMending),
        "NotConfiguredException": Entry(
            code: "aws_not_configured", what: "the account has not set up what this call needs.",
            nextStep: "Set it up in the AWS IoT settings of this region, then let the work go on.",
            retry: .afterMending),
    ]
}
