import Model

/// A reading as `--json` prints it: `{"format","fields","warnings","alternatives"}`, or `{"format"?,"error"}`.
package struct LabelJSON: Encodable, Equatable, Sendable {
    private var format: String?
    private var error: String?
    private var fields: [String: String]?
    private var warnings: [String]?
    private var alternatives: [String]?
    private var furtherDevices: [[String: String]]?

    /// `reveal`: whether secrets are printed instead of `‹redacted›`.
    package init(_ reading: Result<Label, LabelFailure>, reveal: Bool = false) {
        switch reading {
        case .success(let label):
            format = label.format
            fields = Self.flat(label.fields, reveal)
            warnings = label.warnings.map(\.rawValue)
            alternatives = label.alternatives
            if !label.furtherDevices.isEmpty {
                furtherDevices = label.furtherDevices.map { Self.flat($0, reveal) }
            }
        case .failure(let failure):
            format = failure.format
            error = failure.error.rawValue
        }
    }

    private static func flat(_ fields: LabelFields, _ reveal: Bool) -> [String: String] {
        var flat = fields.plain
        for (name, value) in fields.secrets {
            flat["secret." + name] = reveal ? value.unredacted : value.description
        }
        return flat
    }
}
