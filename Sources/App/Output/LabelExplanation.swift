import Labels
import Model
import Screens

/// What one code says, for people: what it is, field by field, and what is wrong with it.
struct LabelExplanation {
    let code: LabelReading.Code
    /// What the symbol carried.
    let payload: Payload
    let reader: LabelReader
    let reveal: Bool

    /// Beginning with what the code is; the others stand below it, indented.
    var lines: [String] {
        [heading] + details.map { "  " + $0 }
    }

    /// Such as `LoRaWAN label, names this one device`.
    var heading: String {
        switch code.reading {
        case .failure(let failure): failure.format.map(FormatWords.name) ?? "not understood"
        case .success(let label):
            "\(FormatWords.name(of: label.format)), \(label.subject.words)"
        }
    }

    /// Below the heading, one fact or remark each.
    var details: [String] {
        switch code.reading {
        case .failure(let failure):
            let explanation = failure.explanation
            return Self.table([("text", text)]) + ["! \(explanation.what)", "  \(explanation.nextStep)"]
        case .success(let label):
            return facts(of: label) + label.warnings.map { "! " + Language.english.say($0.phrase) } + rivals
        }
    }

    private func facts(of label: Label) -> [String] {
        var rows: [(name: String, value: String)] = label.fields.plain
            .sorted { FieldWords.isBefore($0.key, $1.key) }.map {
                (FieldWords.name(of: $0.key), told($0.key, $0.value))
            }
        rows += label.fields.secrets.sorted { $0.key < $1.key }.map { name, value in
            (FieldWords.name(of: name) + " (secret)", reveal ? value.unredacted : value.description)
        }
        for (index, device) in label.furtherDevices.enumerated() {
            rows += device.plain.sorted { FieldWords.isBefore($0.key, $1.key) }.map {
                ("device \(index + 2): " + FieldWords.name(of: $0.key), $0.value)
            }
        }
        let isWhole =
            label.fields.secrets.isEmpty && label.fields.plain.count == 1 && rows.first?.value == text
        return Self.table((isWhole ? [] : [("text", hidesText ? Redacted<String>.placeholder : text)]) + rows)
    }

    private var text: String { String(decoding: payload.bytes, as: UTF8.self) }
    private var hidesText: Bool { code.reading.hasSecrets && !reveal }

    private static func table(_ rows: [(name: String, value: String)]) -> [String] {
        TextTable.pairs(rows.map { ($0.name, $0.value) })
    }

    /// A value, with what is known of it.
    private func told(_ field: String, _ value: String) -> String {
        guard ["mac", "eui64", "devEUI"].contains(field), let maker = reader.maker(of: value) else {
            return value
        }
        return "\(value)  (block of \(maker))"
    }

    /// In one line: what tells most, or why it is not understood.
    var summary: String {
        switch code.reading {
        case .failure(let failure): return failure.reason
        case .success(let label):
            let secrets = label.fields.secrets.keys.sorted().map { FieldWords.name(of: $0) + " (secret)" }
            let all = [FieldWords.sentence(label.fields.plain, most: 3)] + secrets
            let said = all.filter { !$0.isEmpty }.joined(separator: ", ")
            return said.isEmpty ? label.subject.words : said
        }
    }

    private var rivals: [String] {
        code.rivals.map { rival in
            "? It may as well be \(FormatWords.name(of: rival.format)): "
                + FieldWords.sentence(rival.fields.plain)
        }
    }
}

extension Result where Success == Label, Failure == LabelFailure {
    /// Whether the payload holds something that must not be shown.
    var hasSecrets: Bool {
        switch self {
        case .success(let label): !label.fields.secrets.isEmpty
        case .failure: false
        }
    }
}
