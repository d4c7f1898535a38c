package import HTTPClient
import Model
package import SyncCore
package import Wire

/// The way to a registrar over HTTPS, believing only the certificate authority that was pinned at pairing.
package struct HTTPTransport: Transport {
    private let client: HTTPClient
    private let address: String

    /// Bytes of an answer. The largest that a registrar gives is a page of a feed, about 1 MiB.
    private static let replyLimit = 4 << 20
    /// Seconds for a whole exchange, and bytes for each further second: a link slower than 5 kB/s is given up.
    private static let totalSeconds = 60
    private static let bytesPerSecond = 5_000

    /// `address` is `https://host:port` without a trailing slash, `certificateAuthority` is PEM.
    ///
    /// - Throws: `HTTPClientError.unusable` when the machine gives no thread.
    ///
    /// `tablet` is what the tablet shows of itself, where the registrar bound tokens to it.
    package init(
        address: String, certificateAuthority: String, tablet: HTTPClient.Identity? = nil
    ) throws(HTTPClientError) {
        self.address = address
        client = try HTTPClient(trust: .authorities(certificateAuthority), identity: tablet)
    }

    package func send(_ request: APIRequest) async -> TransportOutcome {
        do {
            return .reply(Self.reply(try await client.send(call(request))))
        } catch {
            let fault = Self.fault(error)
            return error.mayHaveBeenProcessed ? .interrupted(fault) : .failed(fault)
        }
    }

    private func call(_ request: APIRequest) -> HTTPCall {
        var headers = [
            HTTPField(APIResponse.protocolHeader, APIResponse.protocolVersion),
            HTTPField("Accept", "application/json, \(Problem.contentType)"),
        ]
        if !request.body.isEmpty || request.secretBody != nil {
            headers.append(HTTPField("Content-Type", "application/json"))
        }
        if let token = request.token {
            headers.append(HTTPField("Authorization", "Bearer \(token.unredacted)"))
        }
        return HTTPCall(
            method: request.method.rawValue, url: address + request.target, headers: headers,
            body: request.body, secretBody: request.secretBody,
            totalTimeout: .seconds(Self.totalSeconds + request.body.count / Self.bytesPerSecond),
            replyLimit: Self.replyLimit)
    }

    private static func reply(_ reply: HTTPReply) -> TransportReply {
        let contentType = (reply.header("Content-Type") ?? "").prefix { $0 != ";" }
        return TransportReply(
            status: reply.status,
            contentType: contentType.filter { !$0.isWhitespace }.lowercased(),
            protocolVersion: reply.header(APIResponse.protocolHeader),
            retryAfterSeconds: reply.header("Retry-After").flatMap { Int($0) }, body: reply.body)
    }

    private static func fault(_ error: HTTPClientError) -> TransportFault {
        switch error {
        case .couldNotConnect(let reason), .couldNotResolve(let reason), .interrupted(let reason, _),
            .unusable(let reason), .libraryMissing(let reason):
            .unreachable(detail: reason)
        case .timedOut: .timedOut
        case .certificateNotTrusted(let reason), .tlsFailed(let reason):
            .certificateNotTrusted(detail: reason)
        case .replyTooLarge: .answerTooLarge
        case .cancelled: .cancelled
        }
    }
}
