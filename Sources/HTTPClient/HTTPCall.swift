package import Model

/// A request to be sent.
package struct HTTPCall: Sendable {
    package var method: String
    package var url: String
    package var headers: [HTTPField]
    package var body: [UInt8]
    /// Takes the place of `body` where that would be a secret in ordinary memory. The library makes copies for itself, as it
    /// must to send them; they are wiped when it frees them.
    package var secretBody: SecretBody?
    package var connectTimeout: Duration
    /// From the first try to connect to the last byte of the answer.
    package var totalTimeout: Duration
    /// Bytes of answer body; more is an error, so that no server can fill the memory.
    package var replyLimit: Int
    /// Whether the reply is to hold the other side's certificate.
    package var tellsCertificate: Bool
    /// Whether the library must not send it a second time by itself. It does so where a connection that was kept from before
    /// turns out to be dead, which is harmless for whatever may be repeated.
    package var isSentOnce: Bool

    package init(
        method: String = "GET", url: String, headers: [HTTPField] = [], body: [UInt8] = [],
        secretBody: SecretBody? = nil, connectTimeout: Duration = .seconds(10),
        totalTimeout: Duration = .seconds(60),
        replyLimit: Int = 4 << 20, tellsCertificate: Bool = false, isSentOnce: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.secretBody = secretBody
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.replyLimit = replyLimit
        self.tellsCertificate = tellsCertificate
        self.isSentOnce = isSentOnce
    }
}

/// One header field of a call or a reply. A value may hold a token, so fields do not print themselves.
package struct HTTPField: Equatable, Sendable {
    package var name: String
    package var value: Redacted<String>

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = Redacted(value)
    }
}

/// An answer as it came.
package struct HTTPReply: Equatable, Sendable {
    package var status: Int
    package var headers: [HTTPField]
    package var body: [UInt8]
    /// From sending to the last byte.
    package var duration: Duration
    /// The other side's certificate, PEM, where the call asked for it and there was one.
    package var certificate: String?

    /// The value of the first header of that name, in any case of letters.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value.unredacted
    }
}
