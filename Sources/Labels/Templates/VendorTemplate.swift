package import Model

/// How one vendor prints its labels, as data: a pattern with named groups.
package struct VendorTemplate: Equatable, Sendable {
    /// Shown as the format of what it reads, behind `vendor-template:`.
    package var name: String
    /// The only kind of symbol that it reads; `nil` for any.
    package var symbology: Symbology?
    /// Fields that every label of the kind has, such as `vendor`.
    package var constants: [String: String]
    /// Groups whose values are checked as a field of that name is; `nil` keeps a value as it is.
    package var validators: [String: String]
    /// Groups that hold secrets, besides those whose names say so.
    package var secretGroups: Set<String>
    private var pattern: Pattern

    /// Longest text that templates are tried on.
    package static let limitCharacters = 512

    /// - Throws: `TemplateError`, with the place of what cannot be used.
    package init(
        name: String, pattern: String, symbology: Symbology? = nil, constants: [String: String] = [:],
        validators: [String: String] = [:], secretGroups: Set<String> = []
    ) throws(TemplateError) {
        self.name = name
        self.symbology = symbology
        self.constants = constants
        self.validators = validators
        self.secretGroups = secretGroups
        self.pattern = try Pattern(pattern)
    }

    /// The name of the format that it is.
    var formatName: String { "vendor-template:" + name }

    var format: LabelFormat {
        LabelFormat(
            name: formatName,
            fit: { scan in
                guard symbology == nil || scan.symbology == nil || symbology == scan.symbology else {
                    return .none
                }
                return groups(scan.text) == nil ? .none : .certain
            },
            read: { scan throws(LabelFault) in try read(scan.text) })
    }

    private func groups(_ text: String) -> [String: String]? {
        guard text.count <= Self.limitCharacters else { return nil }
        return pattern.match(text)
    }

    func read(_ text: String) throws(LabelFault) -> Reading {
        guard let groups = groups(text) else { throw .noMatch }
        var reading = Reading()
        for (name, value) in constants.sorted(by: { $0.key < $1.key }) { try reading.fields.add(name, value) }
        for (name, value) in groups.sorted(by: { $0.key < $1.key }) {
            if secretGroups.contains(name) || FieldAliases.secretNames.contains(name) {
                try reading.fields.add("secret." + name, value)
            } else if let rule = validators[name] {
                try FieldRules.add(rule, value, to: &reading)
            } else {
                try reading.fields.add(name, value)
            }
        }
        return reading
    }
}

/// Why a template cannot be used.
package enum TemplateError: Error, Equatable, Sendable, Explained {
    /// The file is not JSON of the form that is documented.
    case unreadable
    /// Something in a pattern that is not understood, at that character.
    case pattern(reason: String, position: Int)
    /// A pattern that repeats too much to be tried on every scan.
    case tooLarge
    /// A profile that is not put together as it must be.
    case profile(name: String, reason: String)
    /// An example of a profile is not read as it says.
    case example(profile: String, number: Int, reason: String)

    package var explanation: Explanation {
        switch self {
        case .unreadable:
            Explanation(
                id: "template_unreadable",
                what: "It must be JSON with a list `templates` or `profiles` as they are documented.",
                nextStep: "Correct the file.")
        case .pattern(let reason, let position):
            Explanation(
                id: "template_pattern",
                what: "The pattern cannot be used at character \(position): \(reason).",
                nextStep: "Correct the pattern.")
        case .tooLarge:
            Explanation(
                id: "template_too_large",
                what:
                    "The pattern is larger than \(Pattern.limitSteps) steps once its repetitions are written out.",
                nextStep: "Use smaller numbers of repetitions.")
        case .profile(let name, let reason):
            Explanation(
                id: "profile_malformed", what: "The profile \(name) cannot be used: \(reason).",
                nextStep: "Correct the file.")
        case .example(let profile, let number, let reason):
            Explanation(
                id: "profile_example",
                what: "The profile \(profile) does not read its own example \(number): \(reason).",
                nextStep: "Correct the profile, or the example if it is not printed so.")
        }
    }
}
