import Model
package import TargetCore

/// What every error of AWS IoT means for the work. Sources: the service model of AWS IoT; AWS General Reference, "Common
/// errors".
package enum AWSFaults {
    /// One error type: its code here, what happened, what to do, and whether it passes.
    struct Entry {
        var code: String
        var what: String
        var nextStep: String
        var retry: TargetFault.Retry
    }

    /// The types that have an entry of their own.
    package static var known: Set<String> { Set(entries.keys) }

    /// The fault for a refusal of a call.
    package static func fault(_ error: AWSError, of call: String) -> TargetFault {
        let entry = entries[error.type] ?? byStatus(error)
        let detail = error.message.isEmpty ? "" : " AWS says: \(shown(error.message))"
        return TargetFault(
            code: entry.code, theirs: error.type.isEmpty ? "HTTP \(error.status)" : shown(error.type),
            what: "\(call) was refused: \(entry.what)\(detail)", nextStep: entry.nextStep,
            retry: entry.retry, retryAfterSeconds: error.retryAfterSeconds,
            requestID: error.requestID.map(shown))
    }

    /// The fault for an answer that says it went well and is not of the form that the call has.
    package static func unreadable(_ reply: CloudReply, of call: String) -> TargetFault {
        TargetFault(
            code: "aws_answer_unreadable", theirs: "HTTP \(reply.status)",
            what: "The answer to \(call) was not what AWS IoT answers, so nothing was learned from it.",
            nextStep: "Check that the target's address leads to AWS IoT and to nothing in between.",
            retry: .later, requestID: reply.header("x-amzn-RequestId").map(shown))
    }

    private static func byStatus(_ error: AWSError) -> Entry {
        switch error.status {
        case 429: throttled
        case 500...599:
            Entry(
                code: "aws_unavailable", what: "the service could not answer just then.",
                nextStep: "Wait; the work goes on by itself. If it lasts, look at the AWS Health Dashboard.",
                retry: .later)
        case 300...399:
            Entry(
                code: "aws_redirected", what: "the address leads elsewhere, and calls are not redirected.",
                nextStep: "Set the region and address of the target to where AWS IoT answers.",
                retry: .afterMending)
        case 401, 403, 407:
            Entry(
                code: "aws_refused_unknown",
                what: "the registrar was not let in, for a reason that is not known.",
                nextStep: "Check the registrar's keys and what its role may do, then let the work go on.",
                retry: .afterMending)
        default:
            Entry(
                code: "aws_unknown", what: "AWS answered with an error that is not known here.",
                nextStep:
                    "Read AWS's words; what had been made was taken away again, so it is safe to try anew.",
                retry: .never)
        }
    }

    static let throttled = Entry(
        code: "aws_throttled", what: "too many calls came to this account and region.",
        nextStep: "Wait; the work goes on by itself, more slowly.", retry: .later)

    /// Text of theirs, cut and free of what steers a terminal.
    private static func shown(_ text: String) -> String {
        String(VisibleText.of(String(text.prefix(400))))
    }

    static let entries: [String: Entry] = registry.merging(access) { first, _ in first }
        .merging(rest) { first, _ in first }
}
