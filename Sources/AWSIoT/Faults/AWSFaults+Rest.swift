import TargetCore

extension AWSFaults {
    /// Errors that pass, and those of searching, tasks and rules.
    static let rest: [String: Entry] = [
        "ThrottlingException": throttled,
        "TooManyRequestsException": Entry(
            code: "aws_throttled_front",
            what: "the front end of AWS has taken too many calls of this account.",
            nextStep: "Wait; the work goes on by itself, more slowly.", retry: .later),
        "InternalFailureException": Entry(
            code: "aws_internal", what: "AWS IoT failed within itself.",
            nextStep: "Wait; the work goes on by itself.", retry: .later),
        "InternalException": Entry(
            code: "aws_internal_other", what: "a part of AWS IoT failed within itself.",
            nextStep: "Wait; the work goes on by itself.", retry: .later),
        "InternalServerException": Entry(
            code: "aws_internal_server", what: "a server of AWS IoT failed.",
            nextStep: "Wait; the work goes on by itself.", retry: .later),
        "ServiceUnavailableException": Entry(
            code: "aws_service_unavailable", what: "AWS IoT is not available just now.",
            nextStep: "Wait; the work goes on by itself.", retry: .later),
        "IndexNotReadyException": Entry(
            code: "aws_index_building", what: "the search index of the account is still being built.",
            nextStep: "Wait; it is asked again.", retry: .later),
        "InvalidQueryException": Entry(
            code: "aws_query", what: "the search index does not understand the question.",
            nextStep: "Check that fleet indexing covers what is asked for, such as connectivity.",
            retry: .never),
        "InvalidAggregationException": Entry(
            code: "aws_aggregation", what: "the search index does not sum up what was asked for.",
            nextStep: "Ask for a field that fleet indexing covers.", retry: .never),
        "InvalidResponseException": Entry(
            code: "aws_response",
            what: "something that AWS IoT asked itself gave no answer that it understands.",
            nextStep: "Look at the function or authorizer behind it.", retry: .never),
        "ServiceQuotaExceededException": Entry(
            code: "aws_service_quota",
            what: "a quota of the service is used up; it does not pass by waiting.",
            nextStep: "Ask AWS for a higher quota.", retry: .never),
        "NoSuchBucket": Entry(
            code: "aws_bucket_missing", what: "there is no bucket of that name.",
            nextStep: "Check the bucket's name, and that it is in the target's region.", retry: .never),
        "AccessDenied": Entry(
            code: "aws_bucket_denied", what: "the registrar may not write into that bucket.",
            nextStep: "Give the registrar's role s3:PutObject on the bucket's objects.",
            retry: .afterMending),
        "PermanentRedirect": Entry(
            code: "aws_bucket_region", what: "the bucket is in another region than the target.",
            nextStep: "Name a bucket of the target's region.", retry: .never),
        "SlowDown": Entry(
            code: "aws_bucket_throttled", what: "the bucket takes no more for the moment.",
            nextStep: "Wait; it is tried again.", retry: .later),
        "SqlParseException": Entry(
            code: "aws_sql", what: "the rule's statement is not one that AWS IoT reads.",
            nextStep: "Correct the rule's statement.", retry: .never),
        "TaskAlreadyExistsException": Entry(
            code: "aws_task_exists", what: "a task of that name is there already.",
            nextStep: "Wait for it, or choose another name.", retry: .never),
        "ValidationException": Entry(
            code: "aws_validation", what: "a member of the request is missing or not of its form.",
            nextStep: "Read AWS's words; they name the member.", retry: .never),
    ]
}
