/// Why a registrar did not do what was asked: an RFC 9457 problem document.
///
/// `code` is stable and decides what happens next; the sentences are for people. Unknown codes are kept as they are.
package struct Problem: Codable, Equatable, Sendable {
    package static let contentType = "application/problem+json"

    /// `https://muster.invalid/problems/<code>`: a name, not an address.
    package var type: String
    package var title: String
    package var status: Int
    package var detail: String
    package var code: String
    /// Whether the same request can succeed later without anybody changing it.
    package var retryable: Bool
    package var nextStep: String
    package var retryAfterSeconds: Int?

    package init(
        _ code: ProblemCode, detail: String? = nil, nextStep: String? = nil, retryAfterSeconds: Int? = nil
    ) {
        self.type = "https://muster.invalid/problems/\(code.rawValue)"
        self.title = code.title
        self.status = code.status
        self.detail = detail ?? code.title
        self.code = code.rawValue
        self.retryable = code.retryable
        self.nextStep = nextStep ?? code.nextStep
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The code when this version knows it.
    package var knownCode: ProblemCode? { ProblemCode(rawValue: code) }

    package var explanation: Explanation {
        let isUsual = detail == knownCode?.title
        return Explanation(
            id: code, what: isUsual ? "\(words: detail)" : "\(detail)", nextStep: nextStep)
    }
}
