package import Model

/// One call to a target before it is signed: what is asked, not by whom. Its only secret is `secretBody`.
package struct CloudCall: Codable, Equatable, Sendable {
    /// What a second call of the same does when the answer to the first was lost.
    package enum Repeats: String, Codable, Sendable {
        /// Reads only, or ends in the same state.
        case safely
        /// Doubles something: after a lost answer it is looked for before it is made again.
        case doubling
    }

    /// A name and its value, in a query or a header.
    package struct Field: Codable, Equatable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The operation as the target's own documents call it, such as `CreateThing` or `PUT /enrollments/{id}`. Limits, faults
    /// and explanations are found by it.
    package var name: String
    /// The target's plane: which address, and which way of signing.
    package var plane: String
    package var method: String
    /// The parts of the path between slashes, none of them encoded.
    package var path: [String]
    /// In the order of sending, not encoded.
    package var query: [Field]
    package var headers: [Field]
    package var body: [UInt8]
    /// A body that holds secrets, sent in place of `body`. It is not encoded and prints as nothing.
    package var secretBody: Redacted<[UInt8]>?
    package var repeats: Repeats

    package init(
        _ name: String, plane: String, method: String, path: [String], query: [Field] = [],
        headers: [Field] = [], body: [UInt8] = [], repeats: Repeats = .safely
    ) {
        self.name = name
        self.plane = plane
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.repeats = repeats
    }

    private enum CodingKeys: String, CodingKey {
        case name, plane, method, path, query, headers, body, repeats
    }

    /// Whether it may change something at the target, as far as its method tells.
    package var mayChange: Bool { method != "GET" }

    /// The bytes that go on the wire.
    package var sentBody: [UInt8] { secretBody?.unredacted ?? body }

    /// Tells this call from others of the same operation: its name, target, headers and body in one line.
    package var identity: String {
        ([name, target] + headers.map(\.value)
            + (body.isEmpty ? [] : [String(decoding: body, as: UTF8.self)]))
            .joined(separator: " ")
    }

    /// `/a/b?c=d`, every part encoded once; what goes on the wire.
    package var target: String {
        let path = "/" + path.map(PercentEncoding.encode).joined(separator: "/")
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }
}
