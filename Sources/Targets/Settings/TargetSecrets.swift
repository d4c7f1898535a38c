package import Model

/// What proves the registrar to a target, by name: `key`, `accessKeyID`, `secretAccessKey`, `sessionToken`.
package struct TargetSecrets: Equatable, Sendable {
    private var values: [String: Redacted<String>]

    package init(_ values: [String: Redacted<String>] = [:]) {
        self.values = values
    }

    package subscript(name: String) -> Redacted<String>? { values[name] }
    package var isEmpty: Bool { values.isEmpty }

    /// These, with others over them.
    package func merging(_ others: TargetSecrets) -> TargetSecrets {
        TargetSecrets(values.merging(others.values) { _, new in new })
    }

    /// As it is sealed and kept.
    package init(bytes: Redacted<[UInt8]>) throws {
        values = try CanonicalJSON.decode([String: String].self, from: bytes.unredacted)
            .mapValues(Redacted.init)
    }

    package var bytes: Redacted<[UInt8]> {
        get throws { Redacted(try CanonicalJSON.encode(values.mapValues(\.unredacted))) }
    }
}
