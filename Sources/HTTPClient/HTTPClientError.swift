package import Model

/// Why a call got no answer. Nothing is followed, trusted or retried behind the caller's back.
package enum HTTPClientError: Explained, Equatable, Sendable {
    case couldNotConnect(reason: String)
    case couldNotResolve(reason: String)
    /// `sent` tells whether bytes of the request had left.
    case timedOut(sent: Bool)
    /// The other side's certificate does not lead to a trusted authority, or is not for this name or this time.
    case certificateNotTrusted(reason: String)
    case tlsFailed(reason: String)
    case replyTooLarge
    /// The connection broke; `sent` tells whether bytes of the request had left.
    case interrupted(reason: String, sent: Bool)
    case cancelled(sent: Bool)
    /// The call itself cannot be made: a malformed URL, a scheme that is not allowed.
    case unusable(reason: String)
    /// libcurl is not installed, or is another one than this program was made for.
    case libraryMissing(reason: String)

    /// Whether the other side may have acted on the request although no answer came.
    package var mayHaveBeenProcessed: Bool {
        switch self {
        case .couldNotConnect, .couldNotResolve, .certificateNotTrusted, .tlsFailed, .unusable,
            .libraryMissing:
            false
        case .replyTooLarge: true
        case .timedOut(let sent), .interrupted(_, let sent), .cancelled(let sent): sent
        }
    }

    package var explanation: Explanation {
        switch self {
        case .couldNotConnect(let reason), .couldNotResolve(let reason), .interrupted(let reason, _):
            Explanation(
                id: "not_reached", what: "The server was not reached: \(reason).",
                nextStep: "Check the network and the address, then try again.")
        case .timedOut:
            Explanation(
                id: "timed_out", what: "The server did not answer in time.",
                nextStep: "Check the network, then try again.")
        case .certificateNotTrusted(let reason):
            Explanation(
                id: "not_trusted",
                what: "The server did not prove who it is, so nothing was sent: \(reason).",
                nextStep: "Use another network, or check the server's certificate.")
        case .tlsFailed(let reason):
            Explanation(
                id: "tls_failed", what: "No secure connection could be made, so nothing was sent: \(reason).",
                nextStep: "Check that the server speaks TLS 1.2 or newer.")
        case .replyTooLarge:
            Explanation(
                id: "reply_too_large", what: "The server's answer was larger than any that makes sense.",
                nextStep: "Check the address: this may not be the server that was meant.")
        case .cancelled:
            Explanation(
                id: "cancelled", what: "The request was given up.", nextStep: "Try again when ready.")
        case .unusable(let reason):
            Explanation(
                id: "url_unusable", what: "The request cannot be sent: \(reason).",
                nextStep: "Check the address: it must start with https://.")
        case .libraryMissing(let reason):
            Explanation(
                id: "library_missing", kind: .unavailable,
                what: "Nothing can be sent from this machine: \(reason).",
                nextStep: "Install the package libcurl4.")
        }
    }
}
