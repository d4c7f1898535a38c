import AWSIoT
import Model
import TargetCore
import Testing

/// The cases that AWS publishes, in both forms.
@Suite struct SigV4Tests {
    struct Published: Decodable, CustomStringConvertible, Sendable {
        struct Context: Decodable {
            struct Keys: Decodable {
                var access_key_id: String
                var secret_access_key: String
                var token: String?
            }
            var credentials: Keys
            var expiration_in_seconds: Int
            var normalize: Bool
            var omit_session_token: Bool?
            var region: String
            var service: String
            var sign_body: Bool
            var timestamp: String
        }
        var name: String
        var context: Context
        var request: String
        var headerCanonical: String
        var headerToSign: String
        var headerSignature: String
        var queryCanonical: String
        var queryToSign: String
        var querySignature: String

        enum CodingKeys: String, CodingKey {
            case name, context, request
            case headerCanonical = "header-canonical-request"
            case headerToSign = "header-string-to-sign"
            case headerSignature = "header-signature"
            case queryCanonical = "query-canonical-request"
            case queryToSign = "query-string-to-sign"
            case querySignature = "query-signature"
        }
        var description: String { name }
    }

    static let published = (try? Vectors.decode([Published].self, "SigV4/published.json")) ?? []

    private func signer(_ context: Published.Context) -> SigV4 {
        var options = SigV4.Options()
        options.normalizesPath = context.normalize
        options.signsToken = context.omit_session_token != true
        options.sendsBodyHash = context.sign_body
        return SigV4(
            AWSCredentials(
                accessKeyID: context.credentials.access_key_id,
                secretAccessKey: Redacted(context.credentials.secret_access_key),
                sessionToken: context.credentials.token.map { Redacted($0) }),
            region: context.region, service: context.service, digests: Vectors.digests, options: options)
    }

    /// The request as the suite writes it: the path unencoded, headers without a blank, values over several lines.
    private func request(_ text: String) throws -> SignedRequest {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = halves[0].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.first)
        let target = start.dropLast(" HTTP/1.1".count).drop { $0 != " " }.dropFirst()
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = SignedRequest(
            method: String(start.prefix { $0 != " " }), host: "", path: String(parts[0]))
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            request.query.append(
                .init(
                    try #require(PercentEncoding.decode(halves[0])),
                    try #require(PercentEncoding.decode(halves.count > 1 ? halves[1] : ""))))
        }
        for line in lines.dropFirst() where !line.isEmpty {
            if line.first == " ", var last = request.headers.popLast() {
                last.value += "\n" + line
                request.headers.append(last)
            } else {
                let colon = try #require(line.firstIndex(of: ":"))
                let field = CloudCall.Field(
                    String(line[..<colon]), String(line[line.index(after: colon)...]))
                if field.name == "Host" { request.host = field.value } else { request.headers.append(field) }
            }
        }
        request.body = halves.count > 1 ? Array(halves[1].utf8) : []
        return request
    }

    @Test func `all published cases are here`() { #expect(Self.published.count == 38) }

    @Test(arguments: published)
    func `a header signs as published`(_ vector: Published) throws {
        let now = try #require(Timestamp(vector.context.timestamp))
        let headers = signer(vector.context).headers(for: try request(vector.request), at: now)
        let value = try #require(headers.first { $0.name == "Authorization" }?.value)
        #expect(value.hasSuffix("Signature=" + vector.headerSignature))
        #expect(
            headers.contains { $0.name == "X-Amz-Security-Token" }
                == (vector.context.credentials.token != nil))
    }

    @Test(arguments: published)
    func `an address signs as published`(_ vector: Published) throws {
        let now = try #require(Timestamp(vector.context.timestamp))
        let fields = signer(vector.context).query(
            for: try request(vector.request), expiresInSeconds: vector.context.expiration_in_seconds, at: now)
        #expect(fields.last == .init("X-Amz-Signature", vector.querySignature))
        #expect(
            fields.contains { $0.name == "X-Amz-Security-Token" } == (vector.context.credentials.token != nil)
        )
    }

    struct Traps: Decodable {
        struct Case: Decodable {
            var name: String
            var method: String
            var path: [String]
            var query: [[String]]
            var headers: [[String]]
            var body: String
            var region: String
            var host: String
            var token: String?
            var authorization: String
        }
        var cases: [Case]
    }

    @Test func `what the published cases leave out signs as AWS's own library does`() throws {
        let traps = try Vectors.decode(Traps.self, "SigV4/traps.json").cases
        #expect(traps.count == 13)
        for trap in traps {
            var headers = trap.headers.map { CloudCall.Field($0[0], $0[1]) }
            if !trap.body.isEmpty { headers.append(.init("Content-Type", "application/json")) }
            let call = CloudCall(
                trap.name, plane: "iot", method: trap.method, path: trap.path,
                query: trap.query.map { .init($0[0], $0[1]) }, headers: headers, body: Array(trap.body.utf8))
            let signer = SigV4(
                AWSCredentials(
                    accessKeyID: "AKIDEXAMPLE",
                    secretAccessKey: Redacted("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                    sessionToken: trap.token.map { Redacted($0) }),
                region: trap.region, service: "iot", digests: Vectors.digests)
            let now = try #require(Timestamp("2015-08-30T12:36:00Z"))
            let signed = signer.headers(for: call, host: trap.host, at: now)
            #expect(signed.last == .init("Authorization", trap.authorization), "\(trap.name)")
        }
    }

    @Test func `a signer does not print its secret`() {
        let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Redacted("s3cr3t"))
        let signer = SigV4(credentials, region: "eu-west-1", service: "iot", digests: Vectors.digests)
        #expect(!"\(signer)".contains("s3cr3t"))
        #expect(!String(reflecting: credentials).contains("s3cr3t"))
    }

    /// Source: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header", example PUT object.
    @Test func `an object's request is signed as S3 publishes it`() {
        let signer = SigV4(
            AWSCredentials(
                accessKeyID: "AKIAIOSFODNN7EXAMPLE",
                secretAccessKey: Redacted("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), sessionToken: nil),
            region: "us-east-1", service: "s3", digests: Vectors.digests, options: AWSPlane.s3.signing)
        let request = SignedRequest(
            method: "PUT", host: "examplebucket.s3.amazonaws.com", path: "/test%24file.text",
            headers: [
                .init("Date", "Fri, 24 May 2013 00:00:00 GMT"),
                .init("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ], body: Array("Welcome to Amazon S3.".utf8))
        let headers = signer.headers(for: request, at: Timestamp(milliseconds: 1_369_353_600_000))
        let authorization = headers.first { $0.name == "Authorization" }?.value ?? ""
        #expect(
            authorization.hasSuffix("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))
        #expect(authorization.contains("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class"))
    }

    @Test func `a bucket stands in the path, and a key keeps its slashes`() {
        let call = AWSCalls.putObject([1], bucket: "acme", key: "a b/c.json")
        #expect(call.target == "/acme/a%20b/c.json" && call.method == "PUT")
        let endpoint = AWSEndpoint(region: "eu-west-1")
        #expect(endpoint.address(of: .s3) == "https://s3.eu-west-1.amazonaws.com")
        #expect(
            AWSEndpoint(region: "eu-west-1", dualStack: true).address(of: .s3)
                == "https://s3.dualstack.eu-west-1.amazonaws.com")
    }
}
