import Credentials
import Labels
import Model

/// The reader of labels: one format, or all in their order.
enum ReaderChecks {
    private static let digests = LabelDigests(
        sha1: Digest.sha1, sha256: Digest.sha256,
        aes128: { key, block in AES128.encrypt(key: key, block: block) })

    static let reader = reader(templates: [])

    static func reader(templates: [VendorTemplate], profiles: [LabelProfile] = []) -> LabelReader {
        LabelReader(templates: templates, profiles: profiles, year: 2026, digests: digests)
    }

    private static let contexts = [
        nil, "IMEI", "ICCID", "EID", "MAC", "UUID", "S/N", "EAN", "Matter", "HomeKit", "Install code",
        "SHA256",
        "Model:",
    ]
    private static let identifiers = [
        nil, "]C0", "]C1", "]d1", "]d2", "]d5", "]Q1", "]Q2", "]Q3", "]E0", "]E4", "]A0", "]I1", "]L1", "]z3",
        "",
        "]", "d2",
    ]

    /// The payload read as each of the formats, and as whatever it most likely is.
    static func check(_ bytes: [UInt8], as formats: [String]) throws(Violation) {
        let payload = Payload(bytes: bytes)
        for format in formats {
            guard let reading = reader.read(payload, as: format) else {
                throw Violation("there is no format \(format)")
            }
            try require(
                reading == reader.read(payload, as: format), "\(format) reads differently the second time")
            try LabelChecks.check(reading, of: payload)
        }
        try check(payload)
    }

    /// Three bytes with what is known of the payload, then the payload.
    static func check(_ bytes: [UInt8]) throws(Violation) {
        guard bytes.count >= 3 else { return }
        let symbologies = [nil] + Symbology.allCases.map(Optional.some)
        try check(
            Payload(
                bytes: Array(bytes.dropFirst(3)), symbology: symbologies[Int(bytes[0]) % symbologies.count],
                aimIdentifier: identifiers[Int(bytes[2]) % identifiers.count],
                context: contexts[Int(bytes[1]) % contexts.count]))
    }

    private static func check(_ payload: Payload) throws(Violation) {
        let reading = reader.read(payload)
        try require(reading == reader.read(payload), "is read differently the second time")
        try LabelChecks.check(reading, of: payload)
        guard case .success(let label) = reading else { return }
        let names = reader.formatNames
        try require(
            names.contains(label.format) && label.alternatives.allSatisfy(names.contains),
            "there is no format \(label.format) or \(label.alternatives)")
        try require(!label.alternatives.contains(label.format), "\(label.format) is its own alternative")
        let alone = try? reader.read(payload, as: label.format)?.get()
        try require(
            alone?.fields == label.fields && alone?.warnings == label.warnings,
            "\(label.format) alone reads something else than among the others")
        _ = label.subject
    }
}
