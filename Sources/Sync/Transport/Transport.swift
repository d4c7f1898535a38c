package import Model
package import SyncCore
package import Wire

/// A way to one registrar. It sends once and tells what came of it; trying again is decided elsewhere.
package protocol Transport: Sendable {
    /// Cancelling the task gives the exchange up and returns soon.
    func send(_ request: APIRequest) async -> TransportOutcome
}

/// Why there is no way to a registrar at all, whether or not it answers.
package struct NoTransport: Error, Equatable {
    package var explanation: Explanation

    package init(_ explanation: Explanation) {
        self.explanation = explanation
    }
}

/// The way to a registrar within this process.
package struct EmbeddedTransport: Transport {
    private let handler: @Sendable (APIRequest) async -> APIResponse

    package init(handler: @escaping @Sendable (APIRequest) async -> APIResponse) {
        self.handler = handler
    }

    package func send(_ request: APIRequest) async -> TransportOutcome {
        let response = await handler(request)
        return .reply(
            TransportReply(
                status: response.status, contentType: response.contentType,
                protocolVersion: APIResponse.protocolVersion, retryAfterSeconds: response.retryAfterSeconds,
                body: response.body))
    }
}
