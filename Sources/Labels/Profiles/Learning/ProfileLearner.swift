package import Model

/// Makes a profile from a few labels of one product.
package struct ProfileLearner: Sendable {
    /// Why no profile can be made of the examples.
    package enum Failure: Error, Equatable, Sendable {
        case tooFewExamples
        /// A label without a code; counted from 1.
        case emptyExample(Int)
        /// Nothing on the labels tells one device from another.
        case nothingVaries
        /// Several codes vary, any of which may be the serial: their texts on the first label.
        case severalSerials([String])
        /// The serial that was named for a label is in none of its codes; counted from 1.
        case serialNotFound(example: Int)
        /// What was made does not read its own examples.
        case unproven(TemplateError)
    }

    package static let examples = 2...16

    private let name: String
    private let product: ProductID?
    private let reader: LabelReader

    /// - Parameters:
    ///   - name: letters, digits, `-`, `_` and `.`.
    ///   - product: that such labels are on.
    ///   - reader: without profiles of the same product.
    package init(name: String, product: ProductID?, reader: LabelReader) {
        self.name = name
        self.product = product
        self.reader = reader
    }

    /// The file of a profile that reads these labels, and others like them.
    ///
    /// `examples` are the codes of each label, `serials` the serial of each as it is printed, or none to find that out.
    package func learn(_ examples: [[Payload]], serials: [String] = []) throws(Failure) -> LearnedProfile {
        guard Self.examples.contains(examples.count) else { throw .tooFewExamples }
        if let empty = examples.firstIndex(where: \.isEmpty) { throw .emptyExample(empty + 1) }
        let columns = ExampleAlignment(examples, reader: reader).columns
        let serial = try serialColumn(columns, serials, count: examples.count)
        var codes: [ProfileForm.Code] = []
        var isKept = [Bool](repeating: false, count: columns.count)
        for (index, column) in columns.enumerated() {
            let code = code(for: column, isSerial: index == serial, after: codes)
            codes.append(code)
            // Secrets are no part of the examples.
            isKept[index] = !column.hasSecrets
        }
        var form = ProfileForm(
            name: name, product: product?.rawValue, codes: codes,
            examples: examples.indices.map { number in
                ProfileForm.Example(
                    codes: zip(columns, isKept).compactMap { column, kept in
                        guard kept, let payload = column.payloads[number] else { return nil }
                        return ProfileForm.ExampleCode(
                            text: String(decoding: payload.bytes, as: UTF8.self), symbology: payload.symbology
                        )
                    }, fields: [:])
            })
        do throws(TemplateError) {
            try fillIn(&form)
            return LearnedProfile(form, try form.profile())
        } catch { throw .unproven(error) }
    }

    /// Lets the profile read its examples, and notes what it reads.
    private func fillIn(_ form: inout ProfileForm) throws(TemplateError) {
        let profile = try form.profile()
        let own = reader.with(profile)
        for (index, example) in profile.examples.enumerated() {
            guard let fit = profile.fit(example.codes, with: own), !fit.labels.contains(nil) else {
                throw .example(profile: name, number: index + 1, reason: "its codes do not fit")
            }
            for label in fit.labels.compactMap({ $0 }) {
                form.examples[index].fields.merge(label.fields.plain) { known, _ in known }
            }
        }
        try ProfileFile(profiles: [try form.profile()]).prove(with: own)
    }

    // MARK: What each code is

    /// The column with the serial; `nil` where another code names the device.
    private func serialColumn(
        _ columns: [ExampleAlignment.Column], _ serials: [String], count: Int
    ) throws(Failure) -> Int? {
        let varying = columns.indices.filter { columns[$0].isComplete && !columns[$0].isConstant }
        if !serials.isEmpty {
            guard serials.count == count else {
                throw .serialNotFound(example: min(serials.count, count) + 1)
            }
            for (number, serial) in serials.enumerated() {
                let isThere = columns.contains {
                    $0.payloads[number].map { Array(serial.utf8) == $0.bytes } ?? false
                }
                guard isThere else { throw .serialNotFound(example: number + 1) }
            }
            return columns.indices.first { index in
                serials.enumerated().allSatisfy { number, serial in
                    columns[index].payloads[number].map { Array(serial.utf8) == $0.bytes } ?? false
                }
            }
        }
        let plain = varying.filter {
            [PlainSerial.format.name, BareDataIdentifier.format.name, nil].contains(columns[$0].format)
        }
        let named = varying.filter {
            !plain.contains($0) && columns[$0].labels.allSatisfy { $0.subject == .device }
        }
        if plain.count == 1 { return plain[0] }
        if plain.isEmpty {
            guard !named.isEmpty else { throw .nothingVaries }
            return nil
        }
        guard named.contains(where: { columns[$0].labels.allSatisfy { $0.fields["serial"] != nil } }) else {
            throw .severalSerials(plain.compactMap { columns[$0].texts.first })
        }
        return nil
    }

    private func code(
        for column: ExampleAlignment.Column, isSerial: Bool, after codes: [ProfileForm.Code]
    ) -> ProfileForm.Code {
        func role(_ name: String) -> String {
            let same = codes.count { $0.role == name || $0.role.hasPrefix(name + " ") }
            return same == 0 ? name : "\(name) \(same + 1)"
        }
        var code = ProfileForm.Code(role: "", symbology: column.symbology)
        code.use = column.isComplete && !column.hasSecrets ? .required : .optional
        if isSerial {
            code.role = role("serial")
            code.pattern = "(?<serial>\(PatternInference.pattern(of: column.texts)))"
        } else if column.isConstant, let label = column.labels.first, !column.hasSecrets {
            // The product's own code: exactly this one.
            let isPlain = label.format == PlainSerial.format.name
            code.role = role(isPlain ? "part number" : FieldWords.name(of: Self.mainField(label)))
            let text = PatternInference.literal(column.texts[0])
            code.pattern = isPlain ? "(?<product>\(text))" : text
            if !isPlain { code.constants = label.fields.plain }
        } else if let format = column.format, format != PlainSerial.format.name,
            column.labels.allSatisfy({ $0.subject != .other })
        {
            code.role = role(FieldWords.name(of: column.labels.first.map(Self.mainField) ?? format))
            code.format = format
            code.fields = Self.sharedProduct(column.labels)
        } else {
            code.role = role("not used")
            code.use = .ignored
            code.pattern = PatternInference.pattern(of: column.texts)
        }
        return code
    }

    /// What all of the labels say of their product.
    private static func sharedProduct(_ labels: [Label]) -> [String: String]? {
        guard let first = labels.first else { return nil }
        let shared = first.fields.plain.filter { field, value in
            Label.productFields.contains(field) && labels.allSatisfy { $0.fields[field] == value }
        }
        return shared.isEmpty ? nil : shared
    }

    private static func mainField(_ label: Label) -> String {
        label.fields.plain.keys.min(by: FieldWords.isBefore) ?? label.format
    }
}
