import Model

/// A reading as `--json` prints it: `{"format","fields","warnings","alternatives"}`, or
/// `{"format"?,"error","part"?,"position"?,"expected"?}`: the field concerned, its first character that is wrong (or its length),
/// and what has to be there.
package struct LabelJSON: Encodable, Equatable, Sendable {
    private var format: String?
    private var error: String?
    private var fields: [String: FieldJSON]?
    private var warnings: [String]?
    private var alternatives: [String]?
    private var part: String?
    private var position: Int?
    private var expected: String?

    /// `reveal`: whether secrets are printed instead of `‹redacted›`.
    package init(_ reading: Result<Label, LabelFailure>, reveal: Bool = false) {
        switch reading {
        case .success(let label):
            format = label.format
            var fields = Self.flat(label.fields, reveal)
            if !label.furtherDevices.isEmpty {
                let all = [label.fields] + label.furtherDevices
                fields["payloads"] = .devices(all.map { Self.flat($0, reveal) })
            }
            self.fields = fields
            warnings = label.warnings.map(\.rawValue)
            alternatives = label.alternatives
        case .failure(let failure):
            format = failure.format
            error = failure.error.rawValue
            part = failure.fault.part
            position = failure.fault.position
            expected = failure.fault.expected
        }
    }

    private static func flat(_ fields: LabelFields, _ reveal: Bool) -> [String: FieldJSON] {
        var flat: [String: FieldJSON] = [:]
        for (name, value) in fields.plain { flat[name] = FieldJSON(name, value) }
        for (name, value) in fields.secrets {
            flat[LabelFields.printedName(ofSecret: name)] = .text(
                reveal ? value.unredacted : value.description)
        }
        return flat
    }
}

/// The value of a field as JSON has it: most are text; counts, codes and switches of protocols are what they
/// are.
private enum FieldJSON: Encodable, Equatable, Sendable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case list([String])
    case devices([[String: FieldJSON]])

    private static let numbers: Set<String> = [
        "matter.flow", "matter.capabilities", "matter.discriminator", "matter.shortDiscriminator",
        "dpp.version", "esp.security", "homekit.category", "homekit.flags", "homekit.version", "pen",
        "zwave.keys", "zwave.version", "zwave.protocols", "zwave.maxInclusionInterval",
    ]

    init(_ name: String, _ value: String) {
        if name == "dpp.channels" {
            self = .list(value.split(separator: ",").map(String.init))
        } else if name == "wifi.hidden" || name == "autocorrected" {
            self = .truth(value == "true")
        } else if Self.numbers.contains(name), let number = Int(value) {
            self = .number(number)
        } else {
            self = .text(value)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .truth(let truth): try container.encode(truth)
        case .list(let list): try container.encode(list)
        case .devices(let devices): try container.encode(devices)
        }
    }
}
