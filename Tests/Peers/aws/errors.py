"""AWS's errors: a type, an HTTP status and a message."""

STATUS = {
    "ThrottlingException": 400,
    "InvalidRequestException": 400,
    "CertificateValidationException": 400,
    "RegistrationCodeValidationException": 400,
    "MalformedPolicyException": 400,
    "InvalidQueryException": 400,
    "IndexNotReadyException": 400,
    "ResourceRegistrationFailureException": 400,
    "UnauthorizedException": 401,
    "AccessDeniedException": 403,
    "InvalidSignatureException": 403,
    "UnrecognizedClientException": 403,
    "MissingAuthenticationTokenException": 403,
    "IncompleteSignatureException": 403,
    "ExpiredTokenException": 403,
    "ResourceNotFoundException": 404,
    "CertificateStateException": 406,
    "ResourceAlreadyExistsException": 409,
    "CertificateConflictException": 409,
    "DeleteConflictException": 409,
    "VersionConflictException": 409,
    "TransferConflictException": 409,
    "VersionsLimitExceededException": 409,
    "ConflictingResourceUpdateException": 409,
    "LimitExceededException": 410,
    "TransferAlreadyCompletedException": 410,
    "InternalFailureException": 500,
    "NotImplementedHere": 501,
    "ServiceUnavailableException": 503,
}


class AWSError(Exception):
    def __init__(self, kind, message, status=None, **more):
        super().__init__(message)
        self.kind, self.message, self.more = kind, message, more
        self.status = status or STATUS[kind]


def not_found(what):
    return AWSError("ResourceNotFoundException", f"{what} does not exist")


def refused(message):
    return AWSError("InvalidRequestException", message)
