import CommandTable
import Labels
import Model

/// What was captured of one device: who it is, and the secrets of its label.
struct CapturedDevice: Sendable {
    var identity: DeviceIdentity
    /// Claim code and the like, by field name without `secret.`; sealed before anything is stored.
    var secrets: [String: Redacted<String>]
    /// What is odd about the label, in words for the field.
    var remarks: [String] = []
}

/// Several codes of one label, made into one device.
///
/// A label often carries its product in one code and its serial in another, and the same fact twice. Facts that agree are
/// joined; facts that contradict each other are refused, never chosen between.
struct LabelEvidence {
    private(set) var fields: [String: String] = [:]
    private(set) var secrets: [String: Redacted<String>] = [:]
    private(set) var warnings: [LabelWarning] = []
    private(set) var failures: [LabelFailure] = []

    init() {}

    /// A typed serial, taken as it is.
    ///
    /// - Throws: `CommandFailure` with exit code 65 for text that cannot be a serial.
    init(serial: String) throws {
        let trimmed = serial.trimmingBlanks
        guard !trimmed.isEmpty, trimmed.utf8.count <= 128,
            trimmed.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
        else {
            throw CommandFailure(
                .badInput, "serial_malformed",
                "Nothing was saved: a serial must be 1 to 128 printable characters.",
                "Type it as it is printed.")
        }
        fields["serial"] = trimmed
    }

    /// Adds what one code says.
    ///
    /// - Throws: `CommandFailure` with exit code 65 when it contradicts what another code said.
    mutating func add(_ reading: Result<Label, LabelFailure>) throws {
        switch reading {
        case .failure(let failure): failures.append(failure)
        case .success(let label):
            for (name, value) in label.fields.plain {
                if let known = fields[name], known != value {
                    throw CommandFailure(
                        .badInput, "label_ambiguous",
                        "Nothing was saved: the codes give two values for \(name), `\(known)` and `\(value)`.",
                        "Scan one device alone, or give the right code with --label.")
                }
                fields[name] = value
            }
            for (name, value) in label.fields.secrets { secrets[name] = value }
            warnings += label.warnings
        }
    }

    /// The device, its product matched to the catalogue. `product` is what the installer named.
    ///
    /// - Throws: `CommandFailure` with exit code 65 when no code could be understood.
    func device(product: ProductID?, products: [Product]) throws -> CapturedDevice {
        if fields.isEmpty, let failure = failures.first {
            throw CommandFailure(.badInput, failure.explanation)
        }
        var identity = DeviceIdentity(product: product, fields: fields)
        if product == nil { identity.product = products.product(of: identity).product?.productID }
        return CapturedDevice(
            identity: identity, secrets: secrets,
            remarks: failures.map { "One code of the label is not used: \($0.explanation.what)" })
    }
}
