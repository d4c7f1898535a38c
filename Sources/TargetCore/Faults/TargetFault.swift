package import Model

/// Why a target did not do what it was asked, in Muster's words and the target's own.
package struct TargetFault: Codable, Equatable, Sendable, Explained {
    /// What happens next without a person.
    package enum Retry: String, Codable, CaseIterable, Sendable {
        /// Nothing: the same would be refused again.
        case never
        /// The same call, later.
        case later
        /// What is there is read anew first: somebody changed it meanwhile.
        case rereading
        /// The same call, once whoever runs the registrar has mended something; asked again seldom.
        case afterMending
    }

    /// Stable and searchable, in snake_case, such as `azure_enrollment_exists`.
    package var code: String
    /// The target's own code, as it came: `404201`, `ThrottlingException`.
    package var theirs: String
    /// What happened and what it means for the work.
    package var what: String
    package var nextStep: String
    package var retry: Retry
    /// Seconds that the target asks to wait.
    package var retryAfterSeconds: Int?
    /// The target's id of the request, for its support.
    package var requestID: String?
    /// Whether the call may have done its work all the same, as with a failure within the target; absent means no. A
    /// doubling or creating call stays in doubt then.
    package var mayHaveActed: Bool?

    package init(
        code: String, theirs: String, what: String, nextStep: String, retry: Retry,
        retryAfterSeconds: Int? = nil, requestID: String? = nil, mayHaveActed: Bool? = nil
    ) {
        self.code = code
        self.theirs = theirs
        self.what = what
        self.nextStep = nextStep
        self.retry = retry
        self.retryAfterSeconds = retryAfterSeconds
        self.requestID = requestID
        self.mayHaveActed = mayHaveActed
    }

    /// Whether the target complains about the rate.
    package var isThrottling: Bool { code.hasSuffix("throttled") }

    /// What happened and what to do, each a sentence with its full stop.
    package var words: String {
        [what, nextStep].map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }

    package var explanation: Explanation { Explanation(id: code, what: "\(what)", nextStep: nextStep) }
}
