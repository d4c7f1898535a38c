import Model
package import TargetCore

/// A request as it goes on the wire, in the parts that are signed.
package struct SignedRequest: Equatable, Sendable {
    package var method: String
    /// Without the usual port of its scheme.
    package var host: String
    /// As on the wire: every label encoded once.
    package var path: String
    /// Not encoded.
    package var query: [CloudCall.Field]
    /// Without the host's.
    package var headers: [CloudCall.Field]
    package var body: [UInt8]

    package init(
        method: String, host: String, path: String, query: [CloudCall.Field] = [],
        headers: [CloudCall.Field] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    package init(_ call: CloudCall, host: String) {
        self.init(
            method: call.method, host: host,
            path: "/" + call.path.map(PercentEncoding.encode).joined(separator: "/"), query: call.query,
            headers: call.headers, body: call.body)
    }
}

/// The one way to write a request, so that both sides hash the same.
package struct CanonicalRequest: Equatable, Sendable {
    package let text: String
    /// Lower-case names in order, with semicolons.
    package let signedHeaders: String

    init(_ request: SignedRequest, options: SigV4.Options, bodyHash: String) {
        let headers = Self.headers(request)
        signedHeaders = headers.map(\.name).joined(separator: ";")
        text =
            [
                request.method, Self.path(request.path, options),
                Self.query(request.query),
            ].joined(separator: "\n") + "\n"
            + headers.map { "\($0.name):\($0.value)\n" }.joined() + "\n\(signedHeaders)\n\(bodyHash)"
    }

    static func signedHeaders(_ request: SignedRequest) -> String {
        headers(request).map(\.name).joined(separator: ";")
    }

    /// Headers that somebody on the way may change or add.
    private static let unsigned: Set<String> = [
        "accept-encoding", "authorization", "connection", "expect", "user-agent", "x-amzn-trace-id",
    ]

    private static func headers(_ request: SignedRequest) -> [CloudCall.Field] {
        var values: [String: [String]] = [:]
        for field in [CloudCall.Field("host", request.host)] + request.headers {
            let name = field.name.lowercased()
            guard !unsigned.contains(name), name != "host" || values["host"] == nil else { continue }
            values[name, default: []].append(collapsed(field.value))
        }
        return values.map { CloudCall.Field($0.key, $0.value.joined(separator: ",")) }
            .sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    }

    /// Without blanks at the ends, and every run of blanks inside as one.
    private static func collapsed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
            .joined(separator: " ")
    }

    private static func path(_ path: String, _ options: SigV4.Options) -> String {
        let encode = { (label: String) in
            options.encodesPathTwice ? PercentEncoding.encode(label) : label
        }
        let labels = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard options.normalizesPath else { return labels.map(encode).joined(separator: "/") }
        var kept: [String] = []
        for label in labels where !label.isEmpty && label != "." {
            if label == ".." { _ = kept.popLast() } else { kept.append(label) }
        }
        let endsInSlash = labels.last.map { $0.isEmpty || $0 == "." || $0 == ".." } ?? true
        let text = "/" + kept.map(encode).joined(separator: "/")
        return endsInSlash && !kept.isEmpty ? text + "/" : text
    }

    private static func query(_ fields: [CloudCall.Field]) -> String {
        fields.map {
            (Array(PercentEncoding.encode($0.name).utf8), Array(PercentEncoding.encode($0.value).utf8))
        }
        .sorted {
            $0.0 == $1.0
                ? $0.1.lexicographicallyPrecedes($1.1) : $0.0.lexicographicallyPrecedes($1.0)
        }
        .map { String(decoding: $0.0 + [0x3D] + $0.1, as: UTF8.self) }
        .joined(separator: "&")
    }
}
