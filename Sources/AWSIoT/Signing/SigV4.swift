package import Model
package import TargetCore

/// Signs requests as AWS wants them. Source: AWS documentation, "Create a signed AWS API request" (Signature
/// Version 4), and the test suite of aws-c-auth.
///
/// The path is encoded twice for signing and once on the wire; the two differ for every name with a colon.
package struct SigV4: Sendable {
    package var credentials: AWSCredentials
    package var region: String
    /// `iot`, `sts`, and for MQTT over WebSocket `iotdevicegateway`.
    package var service: String
    package var digests: CloudDigests
    package var options: Options

    /// In what services differ from each other.
    package struct Options: Equatable, Sendable {
        /// Whether `.`, `..` and `//` are taken out of the path that is signed.
        package var normalizesPath = true
        /// Whether the path that is signed is encoded once more than the one that is sent.
        package var encodesPathTwice = true
        /// Whether the session token is part of what is signed. It is sent in any case.
        package var signsToken = true
        /// Whether the hash of the body is sent as a header too.
        package var sendsBodyHash = false

        package init() {}
    }

    package init(
        _ credentials: AWSCredentials, region: String, service: String, digests: CloudDigests,
        options: Options = Options()
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.digests = digests
        self.options = options
    }

    static let algorithm = "AWS4-HMAC-SHA256"

    /// The headers to send beside those of the request: date, token and `Authorization`, and never the host's.
    package func headers(for request: SignedRequest, at now: Timestamp) -> [CloudCall.Field] {
        let time = SigningTime(now)
        var added = [CloudCall.Field("X-Amz-Date", time.moment)]
        if options.sendsBodyHash {
            added.append(.init("X-Amz-Content-Sha256", hash(request.body)))
        }
        var unsigned: [CloudCall.Field] = []
        if let token = credentials.sessionToken {
            let field = CloudCall.Field("X-Amz-Security-Token", token.unredacted)
            if options.signsToken { added.append(field) } else { unsigned.append(field) }
        }
        var signed = request
        signed.headers += added
        let canonical = CanonicalRequest(signed, options: options, bodyHash: hash(request.body))
        let value =
            "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(time)), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature(of: canonical, at: time))"
        return added + unsigned + [.init("Authorization", value)]
    }

    /// The headers for a call: its own, and those that sign it for the host.
    package func headers(for call: CloudCall, host: String, at now: Timestamp) -> [CloudCall.Field] {
        call.headers + headers(for: SignedRequest(call, host: host), at: now)
    }

    /// The query that signs a request by its address alone, good for so many seconds; `X-Amz-Signature` comes last.
    package func query(
        for request: SignedRequest, expiresInSeconds seconds: Int, at now: Timestamp
    ) -> [CloudCall.Field] {
        let time = SigningTime(now)
        var signed = request
        signed.query += [
            .init("X-Amz-Algorithm", Self.algorithm),
            .init("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(time))"),
            .init("X-Amz-Date", time.moment),
            .init("X-Amz-SignedHeaders", CanonicalRequest.signedHeaders(request)),
            .init("X-Amz-Expires", String(seconds)),
        ]
        var unsigned: [CloudCall.Field] = []
        if let token = credentials.sessionToken {
            let field = CloudCall.Field("X-Amz-Security-Token", token.unredacted)
            if options.signsToken { signed.query.append(field) } else { unsigned.append(field) }
        }
        let canonical = CanonicalRequest(signed, options: options, bodyHash: hash(request.body))
        return signed.query + unsigned
            + [.init("X-Amz-Signature", signature(of: canonical, at: time))]
    }

    /// What is signed, for showing why two sides differ. It holds no secret, unless the request does.
    package func stringToSign(_ canonical: CanonicalRequest, at now: Timestamp) -> String {
        stringToSign(canonical, at: SigningTime(now))
    }

    private func stringToSign(_ canonical: CanonicalRequest, at time: SigningTime) -> String {
        [Self.algorithm, time.moment, scope(time), hash(Array(canonical.text.utf8))].joined(separator: "\n")
    }

    private func signature(of canonical: CanonicalRequest, at time: SigningTime) -> String {
        var key = Array("AWS4\(credentials.secretAccessKey.unredacted)".utf8)
        for part in [time.day, region, service, "aws4_request"] {
            key = digests.hmacSHA256(key, Array(part.utf8))
        }
        return Hexadecimal.encode(
            digests.hmacSHA256(key, Array(stringToSign(canonical, at: time).utf8)))
    }

    private func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

    private func hash(_ bytes: [UInt8]) -> String { Hexadecimal.encode(digests.sha256(bytes)) }
}

/// A moment as signatures write it.
private struct SigningTime {
    /// `20150830`.
    let day: String
    /// `20150830T123600Z`.
    let moment: String

    init(_ now: Timestamp) {
        let digits = now.description.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" }
        day = String(digits.prefix { $0 != "T" })
        moment = digits + "Z"
    }
}
