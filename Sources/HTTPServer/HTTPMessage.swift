/// A request as it came, its body whole. Names and values are untrusted.
package struct HTTPRequest: Equatable, Sendable {
    package var method: String
    /// Percent-encoded, without the query.
    package var path: String
    /// What stands behind the `?`, percent-encoded; empty when there is none.
    package var query: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]
    /// DER of the certificate whose key the client has, where it was asked for and shown.
    package var clientCertificate: [UInt8]?
    /// The address of the other side of the connection, 4 or 16 bytes in network order; `nil` where it is not known.
    package var peerAddress: [UInt8]?

    package init(
        method: String, path: String, query: String, headers: [HTTPHeader], body: [UInt8],
        clientCertificate: [UInt8]? = nil, peerAddress: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.clientCertificate = clientCertificate
        self.peerAddress = peerAddress
    }

    /// The value of the first header of that name, in any case of letters.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// An answer to a request.
package struct HTTPResponse: Equatable, Sendable {
    package var status: Int
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// One header field. Source: RFC 9110, section 5.
package struct HTTPHeader: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
