import Model

/// A file of what vendors print: templates of single codes, and profiles of whole labels.
///
/// `{"templates": [{"name", "pattern", "symbology"?, "constants"?, "validators"?, "secretGroups"?}],
///   "profiles": [{"name", "product"?, "codes": [{"role", "use"?, "symbology"?, "format"? or "pattern" with what belongs to it,
///                 "fields"?: {name: value that it must have}}],
///                 "examples": [{"codes": [{"text", "symbology"?}], "fields": {name: value}}]}]}`
package struct ProfileFile: Equatable, Sendable {
    package var templates: [VendorTemplate]
    package var profiles: [LabelProfile]

    package init(templates: [VendorTemplate] = [], profiles: [LabelProfile] = []) {
        self.templates = templates
        self.profiles = profiles
    }

    /// - Throws: `TemplateError`; nothing of a file is used when one part of it is no good.
    package init(json: [UInt8]) throws(TemplateError) {
        let file: Form
        do { file = try CanonicalJSON.decode(Form.self, from: json) } catch { throw .unreadable }
        self.init()
        for entry in file.templates ?? [] { templates.append(try entry.template(named: entry.name)) }
        for entry in file.profiles ?? [] { profiles.append(try entry.profile()) }
    }

    /// Reads every example of every profile.
    ///
    /// - Throws: `example` with the first that says something else than it should.
    package func prove(with reader: LabelReader) throws(TemplateError) {
        for profile in profiles {
            for (index, example) in profile.examples.enumerated() {
                if let reason = example.fault(profile, reader) {
                    throw .example(profile: profile.name, number: index + 1, reason: reason)
                }
            }
        }
    }

    private struct Form: Decodable {
        var templates: [TemplateForm]?
        var profiles: [ProfileForm]?
    }
}

extension LabelProfile.Example {
    /// Why the profile is wrong by this example; `nil` when it reads it as it should.
    func fault(_ profile: LabelProfile, _ reader: LabelReader) -> String? {
        guard let fit = profile.fit(codes, with: reader) else {
            return "its codes do not fit, or two of them want the same place"
        }
        if let role = fit.missing.first { return "it lacks the required code `\(role)`" }
        if let index = fit.labels.firstIndex(of: nil) { return "code \(index + 1) is no code of the profile" }
        var all = LabelFields()
        do throws(LabelFault) {
            for label in fit.labels.compactMap({ $0 }) { try all.merge(label.fields) }
        } catch { return "its codes contradict each other" }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            let short = name.hasPrefix("secret.") ? String(name.dropFirst("secret.".count)) : nil
            let found = short.map { all.secrets[$0]?.unredacted } ?? all[name]
            guard found != value else { continue }
            // Examples are printed labels of the vendor; what a secret is, is not said all the same.
            let got = short == nil ? found.map { "`\($0)`" } ?? "nothing" : "something else"
            return "\(name) is read as \(got), not as the example says"
        }
        return nil
    }
}

/// One template, or the part of a profile's code that is one.
struct TemplateForm: Codable {
    var name: String
    var pattern: String
    var symbology: Symbology?
    var constants: [String: String]?
    var validators: [String: String]?
    var secretGroups: [String]?

    func template(named name: String) throws(TemplateError) -> VendorTemplate {
        try VendorTemplate(
            name: name, pattern: pattern, symbology: symbology, constants: constants ?? [:],
            validators: validators ?? [:], secretGroups: Set(secretGroups ?? []))
    }
}

/// A profile as its file has it.
struct ProfileForm: Codable {
    struct Code: Codable {
        var role: String
        var use: LabelProfile.Code.Use?
        var symbology: Symbology?
        var format: String?
        var pattern: String?
        var constants: [String: String]?
        var validators: [String: String]?
        var secretGroups: [String]?
        var fields: [String: String]?
    }

    struct ExampleCode: Codable {
        var text: String
        var symbology: Symbology?
    }

    struct Example: Codable {
        var codes: [ExampleCode]
        var fields: [String: String]
    }

    var name: String
    var product: String?
    var codes: [Code]
    var examples: [Example]

    func profile() throws(TemplateError) -> LabelProfile {
        func fault(_ reason: String) -> TemplateError { .profile(name: name, reason: reason) }
        guard !name.isEmpty,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
        else { throw fault("its name must be letters, digits, `-`, `_` and `.`") }
        guard (1...LabelProfile.mostCodes).contains(codes.count) else {
            throw fault("it must have 1 to \(LabelProfile.mostCodes) codes")
        }
        guard !examples.isEmpty else { throw fault("it must have at least one example") }
        guard codes.allSatisfy({ !$0.role.isEmpty }), Set(codes.map(\.role)).count == codes.count else {
            throw fault("each code must have a role of its own")
        }
        guard codes.contains(where: { ($0.use ?? .required) == .required }) else {
            throw fault("at least one code must be required")
        }
        var product: ProductID?
        if let text = self.product {
            product = ProductID(rawValue: text)
            guard product != nil else { throw fault("`\(text)` is no name of a product") }
        }
        var read: [LabelProfile.Code] = []
        for code in codes { read.append(try self.code(code, fault)) }
        return LabelProfile(
            name: name, product: product, codes: read,
            examples: examples.map { example in
                LabelProfile.Example(
                    codes: example.codes.map { Payload(bytes: Array($0.text.utf8), symbology: $0.symbology) },
                    fields: example.fields)
            })
    }

    private func code(
        _ code: Code, _ fault: (String) -> TemplateError
    ) throws(TemplateError) -> LabelProfile.Code {
        let content: LabelProfile.Code.Content
        switch (code.pattern, code.format) {
        case (let pattern?, nil):
            let form = TemplateForm(
                name: name, pattern: pattern, symbology: code.symbology, constants: code.constants,
                validators: code.validators, secretGroups: code.secretGroups)
            content = .template(try form.template(named: "\(name)/\(code.role)"))
        case (nil, let format?): content = .format(format)
        case (nil, nil), (_?, _?):
            throw fault("the code `\(code.role)` must have either a pattern or a format")
        }
        return LabelProfile.Code(
            role: code.role, use: code.use ?? .required, symbology: code.symbology, content: content,
            fields: code.fields ?? [:])
    }
}
