import Labels
import Model

/// What the codes of one label say, as one list of facts.
struct FactJoin {
    private(set) var fields: [String: String] = [:]
    private(set) var secrets: [String: Redacted<String>] = [:]

    /// Facts that follow from others, so that they differ where those may differ.
    private static let derived: Set<String> = [
        "oui", "tac", "derivedMac", "checksum", "scheme", "linkDomain", "imeisv", "loraVendorID",
    ]
    /// Secrets of which a device has one; setup codes are one for each system that it speaks.
    private static let single = ["claimCode", "appKey", "nwkKey"]

    /// - Throws: `contradiction` when two codes give two values for one fact, as one device cannot have.
    init(_ reading: LabelReading) throws(IntakeError) {
        for (place, code) in reading.codes.enumerated() {
            guard case .success(let label) = code.reading else { continue }
            for (name, value) in label.fields.plain.sorted(by: { $0.key < $1.key }) {
                try add(name, value, of: place, reading)
            }
            for name in Self.single {
                guard let known = secrets[name], let new = label.fields.secrets[name], known != new else {
                    continue
                }
                throw .contradiction(
                    field: FieldWords.name(of: name), known: Redacted<String>.placeholder,
                    new: Redacted<String>.placeholder)
            }
            secrets.merge(label.fields.secrets) { known, _ in known }
        }
        if let conflict = reading.conflicts.first { throw Self.contradiction(conflict, reading) }
    }

    private mutating func add(
        _ name: String, _ value: String, of place: Int, _ reading: LabelReading
    ) throws(IntakeError) {
        guard let known = fields[name], known != value else {
            fields[name] = value
            return
        }
        if Self.derived.contains(name) { return }
        // Two codes that agree in what they name may spell it differently, and related values belong to one device.
        let verdicts = reading.findings.filter { $0.second == place && $0.topic.fields.contains(name) }.map(
            \.verdict)
        guard !verdicts.isEmpty, !verdicts.contains(.conflict) else {
            throw .contradiction(field: name, known: known, new: value)
        }
        if name == "imei", fields["imei2"] == nil {
            fields["imei2"] = value
        } else if name == "serial", known.hasSuffix(value) {
            fields[name] = value
        }
    }

    /// In the words of the topic; the values of secrets are not said.
    private static func contradiction(_ finding: CrossCheck.Finding, _ reading: LabelReading) -> IntakeError {
        let values = [finding.first, finding.second].map { place in
            guard case .success(let label) = reading.codes[place].reading else { return "" }
            return finding.topic.fields.lazy.compactMap { label.fields[$0] }.first
                ?? Redacted<String>.placeholder
        }
        return .contradiction(field: finding.topic.words, known: values[0], new: values[1])
    }
}
