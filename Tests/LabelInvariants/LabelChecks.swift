package import Labels
import Model

/// What every reading of a label keeps, whatever the payload.
package enum LabelChecks {
    /// All formats that labels are read as, vendors' templates apart.
    package static var formatNames: [String] { ReaderChecks.reader.formatNames }

    /// Checks what came out for a payload.
    ///
    /// - Throws: `Violation`.
    package static func check(
        _ reading: Result<Label, LabelFailure>, of payload: Payload
    ) throws(Violation) {
        switch reading {
        case .success(let label):
            try checkPrinting(reading)
            try checkSize(label, payload.bytes.count)
            for fields in [label.fields] + label.furtherDevices {
                try checkSecrets(fields, payload)
                try checkSpelling(fields)
            }
            try checkRedaction(label)
        case .failure(let failure):
            let explanation = failure.explanation
            try require(
                explanation.id.hasPrefix("label_") && "\(explanation.what)".hasSuffix("."),
                "\(failure.error) does not explain itself")
        }
    }

    /// Output is one line of JSON that a terminal can be shown.
    private static func checkPrinting(_ reading: Result<Label, LabelFailure>) throws(Violation) {
        let json: String
        do { json = VisibleText.json(try CanonicalJSON.text(LabelJSON(reading, reveal: true))) } catch {
            throw Violation("cannot be printed: \(error)")
        }
        try require(
            json.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) },
            "prints control characters: \(json)")
    }

    /// A short payload does not grow into an endless label.
    private static func checkSize(_ label: Label, _ count: Int) throws(Violation) {
        let devices = [label.fields] + label.furtherDevices
        let size = devices.reduce(0) { sum, fields in
            sum + fields.plain.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
                + fields.secrets.reduce(0) { $0 + $1.value.unredacted.utf8.count }
        }
        try require(size <= 64 * count + 4096, "\(count) bytes became \(size) bytes of \(label.format)")
    }

    /// With other secrets in their place, everything prints the same: what is printed says nothing of them.
    private static func checkRedaction(_ label: Label) throws(Violation) {
        var other = label
        other.fields = masked(label.fields)
        other.furtherDevices = label.furtherDevices.map(masked)
        try require(
            LabelJSON(.success(label)) == LabelJSON(.success(other)),
            "\(label.format) prints a secret as JSON")
        try require(
            description(label.fields) == description(other.fields),
            "\(label.format) prints a secret as a description")
    }

    private static func masked(_ fields: LabelFields) -> LabelFields {
        var fields = fields
        for name in fields.secrets.keys { fields.setSecret(name, "another") }
        return fields
    }

    /// In an order that does not depend on the run.
    private static func description(_ fields: LabelFields) -> [String] {
        fields.secrets.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value) \(String(reflecting: $0.value))"
        }
    }

    /// A secret that stands in the payload once is not in a plain field too.
    private static func checkSecrets(_ fields: LabelFields, _ payload: Payload) throws(Violation) {
        for (name, secret) in fields.secrets {
            let bytes = Array(secret.unredacted.utf8)
            guard bytes.count >= 8, occurrences(of: bytes, in: payload.bytes) == 1 else { continue }
            for (field, value) in fields.plain {
                try require(
                    occurrences(of: bytes, in: Array(value.utf8)) == 0,
                    "\(field) shows the secret \(name), \(secret.unredacted)")
            }
        }
    }

    private static func occurrences(of part: [UInt8], in whole: [UInt8]) -> Int {
        guard part.count <= whole.count else { return 0 }
        return (0...whole.count - part.count).count { whole[$0..<$0 + part.count].elementsEqual(part) }
    }

    /// The fields that have one spelling, and the format that reads it.
    private static let spelt = [
        "mac": "mac-eui", "eui64": "mac-eui", "uuid": "uuid", "imei": "imei", "iccid": "iccid", "eid": "eid",
        "sha256": "fingerprint-sha256",
    ]

    /// A field in its one spelling is read as itself; only the UUID of a Z-Wave label has no dashes.
    private static func checkSpelling(_ fields: LabelFields) throws(Violation) {
        for (field, format) in spelt {
            guard let value = fields[field] else { continue }
            let again = (try? ReaderChecks.reader.read(Payload(text: value), as: format)?.get())?.fields[
                field]
            try require(
                again == value || field == "uuid" && again?.filter { $0 != "-" } == value,
                "\(field) \(value) is read again as \(again ?? "nothing")")
        }
    }
}
