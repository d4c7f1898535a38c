/// What came of one HTTP exchange, free of any HTTP library.
package enum TransportOutcome: Equatable, Sendable {
    /// Somebody answered; whether it was the registrar is for `ReplyReader` to say.
    case reply(TransportReply)
    /// Nothing of the request left this machine.
    case failed(TransportFault)
    /// Bytes left and no whole answer came: the request may have been processed.
    case interrupted(TransportFault)
}

/// Why an exchange came to nothing.
package enum TransportFault: Equatable, Sendable {
    /// No route, no name, connection refused or reset.
    case unreachable(detail: String)
    case timedOut
    case certificateNotTrusted(detail: String)
    /// The answer was larger than any that the registrar gives.
    case answerTooLarge
    case cancelled
}

/// An answer as it came.
package struct TransportReply: Equatable, Sendable {
    package var status: Int
    /// Content type without parameters, lower-case; empty when there was none.
    package var contentType: String
    /// The `Muster-Protocol` header; `nil` when there was none.
    package var protocolVersion: String?
    package var retryAfterSeconds: Int?
    package var body: [UInt8]

    package init(
        status: Int, contentType: String, protocolVersion: String?, retryAfterSeconds: Int? = nil,
        body: [UInt8]
    ) {
        self.status = status
        self.contentType = contentType
        self.protocolVersion = protocolVersion
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
    }
}
