import Labels
import Model
import Wedge

/// One line of `muster label --lines`: a payload, and what is known of it.
struct LabelLine: Decodable {
    var input: String
    var symbology: String?
    /// The AIM identifier that the reader gave, such as `]d2`.
    var aim: String?
    /// Read as this format only, whatever else it may look like.
    var format: String?
    var context: Context?

    /// The words that stand beside a code, or what a format needs besides the payload.
    enum Context: Decodable {
        case words(String)
        case needs(Needs)

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .words(text)
            } else {
                self = .needs(try Needs(from: decoder))
            }
        }
    }

    struct Needs: Decodable {
        /// The pattern of a vendor template.
        var regex: String?
        /// How a number is checked.
        var algorithm: CheckAlgorithm?
        /// Of a typed serial: the characters that it may have, and how it is checked.
        var alphabet: SerialAlphabet?
        var check: CheckAlgorithm?
        /// What a keyboard scanner puts around a payload.
        var prefix: String?
        var suffix: String?
        var gsSubstitute: String?

        var isOfScanner: Bool { prefix != nil || suffix != nil || gsSubstitute != nil }
    }

    /// What the payload means.
    ///
    /// - Throws: `TemplateError` for a pattern that cannot be used.
    func read(with reader: LabelReader, _ templates: ([VendorTemplate]) -> LabelReader) throws
        -> Result<Label, LabelFailure>
    {
        guard case .needs(let needs) = context else {
            return format == "wedge" ? unwrapped(.standard, reader) : read(payload(input), reader)
        }
        if let regex = needs.regex {
            let template = try VendorTemplate(name: "line", pattern: regex)
            return read(payload(input), templates([template]), as: "vendor-template:line")
        }
        if let algorithm = needs.algorithm { return checked(algorithm) }
        if let alphabet = needs.alphabet { return typed(alphabet, needs.check ?? .none) }
        guard needs.isOfScanner else { return read(payload(input), reader) }
        let settings = WedgeSettings(
            prefix: needs.prefix ?? "", suffix: needs.suffix ?? "", gsSubstitute: needs.gsSubstitute)
        return unwrapped(settings, reader)
    }

    private func payload(_ text: String) -> Payload {
        var words: String?
        if case .words(let text) = context { words = text }
        return Payload(
            bytes: Array(text.utf8), symbology: symbology.flatMap(Symbology.init), aimIdentifier: aim,
            context: words)
    }

    private func read(
        _ payload: Payload, _ reader: LabelReader, as named: String? = nil
    ) -> Result<Label, LabelFailure> {
        (named ?? format).flatMap { reader.read(payload, as: $0) } ?? reader.read(payload)
    }

    // MARK: What is no payload of a symbol

    private func checked(_ algorithm: CheckAlgorithm) -> Result<Label, LabelFailure> {
        guard algorithm.verifies(input) else {
            return .failure(LabelFailure(format: "check-digit", error: .badCheckDigit))
        }
        return .success(Label(format: "check-digit", ["value": input]))
    }

    private func typed(_ alphabet: SerialAlphabet, _ check: CheckAlgorithm) -> Result<Label, LabelFailure> {
        switch TypedSerial.read(input, alphabet: alphabet, check: check) {
        case .success(let serial):
            var label = Label(format: "human-entry", ["autocorrected": String(serial.isCorrected)])
            if alphabet.isSecret {
                label.fields.setSecret("value", serial.value)
            } else {
                label.fields["value"] = serial.value
            }
            return .success(label)
        case .failure(let failure): return .failure(LabelFailure(format: "human-entry", error: failure.error))
        }
    }

    private func unwrapped(
        _ settings: WedgeSettings, _ reader: LabelReader
    ) -> Result<Label, LabelFailure> {
        switch WedgePayload.read(input, settings: settings) {
        case .success(let scan):
            var label = Label(format: "wedge", ["origin": scan.origin.rawValue])
            let text = String(decoding: scan.payload, as: UTF8.self)
            if reader.read(Payload(bytes: scan.payload)).hasSecrets {
                label.fields.setSecret("payload", text)
            } else {
                label.fields["payload"] = text
            }
            label.fields["aim"] = scan.aim
            label.fields["terminator"] = scan.terminator?.rawValue
            return .success(label)
        case .failure(let failure):
            let error = LabelError(rawValue: failure.code) ?? .unrecognised
            return .failure(LabelFailure(format: "wedge", error: error))
        }
    }
}

extension Label {
    fileprivate init(format: String, _ values: [String: String]) {
        var fields = LabelFields()
        for (name, value) in values { fields[name] = value }
        self.init(format: format, fields: fields)
    }
}
