import Labels
import Model

/// What a label says, for people: one line a fact.
struct LabelLines {
    let reading: Result<Label, LabelFailure>
    let reveal: Bool

    init(_ reading: Result<Label, LabelFailure>, reveal: Bool) {
        self.reading = reading
        self.reveal = reveal
    }

    var lines: [String] {
        switch reading {
        case .failure(let failure):
            return ["! \(failure.explanation.what) \(failure.explanation.nextStep)"]
        case .success(let label):
            var rows = label.fields.plain.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            for (name, value) in label.fields.secrets.sorted(by: { $0.key < $1.key }) {
                rows.append((name, reveal ? value.unredacted : value.description))
            }
            let width = rows.map(\.0.count).max() ?? 0
            return ["format \(label.format)"]
                + rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }
                + label.warnings.map { "! \($0.rawValue)" }
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
