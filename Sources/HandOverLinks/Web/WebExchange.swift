internal import HTTPClient
internal import HandOver
internal import Model

/// What an exchange over HTTP is made of, and what its failures mean.
enum WebExchange {
    static let contentType = "application/vnd.muster.hand-over"
    /// A line, the line feeds around it, and what of a web page tells that it is one.
    static let replyBytes = 64 << 10

    /// A reply that is no answer of a device.
    struct Heard {
        var status: Int
        var contentType: String?
        var location: String?

        var words: String {
            switch status {
            case 300...399:
                "it wants to lead elsewhere (status \(status))"
                    + (location.map { ", to \(Self.plain($0))" } ?? "")
            case 401, 403, 407, 511: "it wants a sign-in (status \(status))"
            case 404, 405, 501: "it takes no hand-over at this path (status \(status))"
            case _ where contentType?.lowercased().hasPrefix("text/html") ?? false:
                "it shows a web page (status \(status))"
            default: "its answer is no line of the protocol (status \(status))"
            }
        }

        /// As much of it as a person needs, without what could act on a terminal.
        private static func plain(_ text: String) -> String {
            String(
                text.unicodeScalars.prefix(80).map { (0x21...0x7E).contains($0.value) ? Character($0) : "?" })
        }
    }

    static func meaning(of error: HTTPClientError, link: String) -> HandOverError {
        switch error {
        case .couldNotConnect(let reason), .couldNotResolve(let reason):
            .notReached(link: link, reason: reason)
        case .timedOut(let sent):
            sent ? .noAnswer(link: link) : .notReached(link: link, reason: "nobody answered there in time")
        case .certificateNotTrusted(let reason): .peerNotTrusted(link: link, reason: reason)
        case .tlsFailed(let reason):
            .linkUnusable(link: link, reason: "speaks no TLS 1.2 or newer: \(reason)")
        case .replyTooLarge: .answeredByOther(link: link, what: "its answer is longer than any of a device")
        case .interrupted, .cancelled: .linkLost(link: link)
        case .unusable, .libraryMissing:
            .linkUnusable(link: link, reason: "cannot be used: \(error.explanation.what)")
        }
    }

    /// Of a certificate in PEM, as `openssl x509 -fingerprint -sha256` has it, in hex digits.
    static func fingerprint(_ pem: String, _ digest: DigestFunction) -> String? {
        let lines = pem.split(whereSeparator: \.isNewline).drop { !$0.hasPrefix("-----BEGIN CERTIFICATE") }
        let body = lines.dropFirst().prefix { !$0.hasPrefix("-----END") }
        guard let der = Base64.decode(body.joined()), !der.isEmpty else { return nil }
        return "certificate sha256:\(PayloadHash(digest: digest(der)))"
    }
}
