import Canvas
import Labels
import Model

/// What a label says, as names with values. Secrets are named, and never shown.
enum LabelFacts {
    static func of(_ label: Label, _ context: Context) -> [View.Fact] {
        var facts = [View.Fact(context.say(.factFormat), label.format, role: .hint)]
        for (name, value) in label.fields.plain.sorted(by: { $0.key < $1.key }) {
            facts.append(View.Fact(name, value))
        }
        for name in label.fields.secrets.keys.sorted() {
            facts.append(View.Fact(name, context.say(.factSecret), role: .hint))
        }
        for warning in label.warnings {
            facts.append(View.Fact("!", context.say(warning.phrase), role: .warning))
        }
        return facts
    }

    static func of(_ identity: DeviceIdentity, _ context: Context) -> [View.Fact] {
        var facts = [
            View.Fact(
                context.say(.factProduct), identity.product?.rawValue ?? context.say(.productUnknown),
                role: identity.product == nil ? .warning : .normal)
        ]
        for (name, value) in identity.fields.sorted(by: { rank($0.key) < rank($1.key) }) {
            facts.append(View.Fact(name, value))
        }
        return facts
    }

    /// What singles a device out comes before what describes it.
    private static func rank(_ name: String) -> String {
        (name == "serial" ? "0" : DeviceIdentifier.Kind(rawValue: name) != nil ? "1" : "2") + name
    }
}
