package import Model

/// What a payload says: plain facts, secrets, and what is odd about it.
package struct Label: Equatable, Sendable {
    /// The name of the format, such as `gs1-element-string`.
    package var format: String
    package var fields: LabelFields
    package var warnings: [LabelWarning]
    /// Further readings of the same payload that hold as well, by the names of their formats.
    package var alternatives: [String]
    /// Further devices that the same payload names; Matter allows several.
    package var furtherDevices: [LabelFields]

    package init(
        format: String, fields: LabelFields, warnings: [LabelWarning] = [], alternatives: [String] = [],
        furtherDevices: [LabelFields] = []
    ) {
        self.format = format
        self.fields = fields
        self.warnings = warnings
        self.alternatives = alternatives
        self.furtherDevices = furtherDevices
    }
}

/// The facts of a label by field name. Secrets are kept apart, in a type that does not print.
package struct LabelFields: Equatable, Sendable {
    /// `serial`, `gtin`, `devEUI` …
    package private(set) var plain: [String: String] = [:]
    /// Claim codes, passwords, keys; named without the `secret.` that stands before them in output.
    package private(set) var secrets: [String: Redacted<String>] = [:]

    package init() {}

    /// The value of a plain field; giving one adds it.
    package subscript(name: String) -> String? {
        get { plain[name] }
        set { plain[name] = newValue }
    }

    /// How output names a secret: `secret.claimCode`; but a fact that is a secret only now and then, such as
    /// a link with a password in it, keeps its name.
    package static func printedName(ofSecret name: String) -> String {
        ["dsk", "idLink", "payload", "value"].contains(name) ? name : "secret." + name
    }

    package mutating func setSecret(_ name: String, _ value: String) {
        secrets[name] = Redacted(value)
    }

    /// Sets a field by its full name: `secret.claimCode` becomes a secret.
    ///
    /// - Throws: `duplicate` when the field has another value already.
    mutating func add(_ name: String, _ value: String) throws(LabelFault) {
        if name.hasPrefix("secret.") {
            let short = String(name.dropFirst("secret.".count))
            if let known = secrets[short], known.unredacted != value { throw .duplicate }
            setSecret(short, value)
        } else {
            if let known = plain[name], known != value { throw .duplicate }
            plain[name] = value
        }
    }

    mutating func merge(_ other: LabelFields) throws(LabelFault) {
        for (name, value) in other.plain { try add(name, value) }
        for (name, value) in other.secrets { try add("secret." + name, value.unredacted) }
    }

    package var isEmpty: Bool { plain.isEmpty && secrets.isEmpty }
}
