package import Model

/// A request to the registrar's HTTP API, free of any HTTP library: the embedded registrar takes it as it is.
package struct APIRequest: Equatable, Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    /// Percent-encoded, starting with `/v1/`, without the query.
    package var path: String
    /// Decoded names and values, in the order sent.
    package var query: [QueryItem]
    /// The bearer token (RFC 6750) of the operator; absent on the open routes.
    package var token: Redacted<String>?
    package var body: [UInt8]
    /// Takes the place of `body` where that would be a secret in ordinary memory.
    package var secretBody: SecretBody?
    /// SHA-256 of the certificate that the tablet showed in the TLS handshake; absent where there was none.
    package var certificateHash: PayloadHash?
    /// The address that the request came from, 4 or 16 bytes in network order; absent within one process.
    package var peerAddress: [UInt8]?

    package init(
        method: Method, path: String, query: [QueryItem] = [], token: Redacted<String>? = nil,
        body: [UInt8] = [], secretBody: SecretBody? = nil, certificateHash: PayloadHash? = nil,
        peerAddress: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.token = token
        self.body = body
        self.secretBody = secretBody
        self.certificateHash = certificateHash
        self.peerAddress = peerAddress
    }

    /// The path with its query, percent-encoded, as it goes behind the registrar's address.
    package var target: String {
        guard !query.isEmpty else { return path }
        let items = query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
        return path + "?" + items.joined(separator: "&")
    }
}

/// One `name=value` of a query, decoded.
package struct QueryItem: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The registrar's answer.
package struct APIResponse: Equatable, Sendable {
    package var status: Int
    package var contentType: String
    package var body: [UInt8]
    package var retryAfterSeconds: Int?

    package init(status: Int, contentType: String, body: [UInt8], retryAfterSeconds: Int? = nil) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// A 200 answer in JSON; what cannot be written is answered as `unavailable`.
    package static func json(_ value: some Encodable, status: Int = 200) -> APIResponse {
        guard let body = try? CanonicalJSON.encode(value) else { return .problem(Problem(.unavailable)) }
        return APIResponse(status: status, contentType: "application/json", body: body)
    }

    package static func problem(_ problem: Problem) -> APIResponse {
        let body = (try? CanonicalJSON.encode(problem)) ?? []
        return APIResponse(
            status: problem.status, contentType: Problem.contentType, body: body,
            retryAfterSeconds: problem.retryAfterSeconds)
    }

    /// The header by which a registrar is told from a login page: `Muster-Protocol: 1`.
    package static let protocolHeader = "Muster-Protocol"
    package static let protocolVersion = "1"
}
