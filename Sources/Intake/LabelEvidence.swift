package import Labels
package import Model

/// Several codes of one label, made into one device.
///
/// A label often carries its product in one code and its serial in another, and the same fact twice. Facts that agree are
/// joined; facts that contradict each other are refused, never chosen between.
package struct LabelEvidence: Equatable, Sendable {
    package private(set) var fields: [String: String] = [:]
    package private(set) var secrets: [String: Redacted<String>] = [:]
    package private(set) var warnings: [LabelWarning] = []
    package private(set) var failures: [LabelFailure] = []
    /// The formats that were read, in their order.
    package private(set) var formats: [String] = []

    package init() {}

    /// A typed serial, taken as it is.
    package init(serial: String) throws(IntakeError) {
        let trimmed = serial.trimmingBlanks
        guard !trimmed.isEmpty, trimmed.utf8.count <= 128,
            trimmed.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
        else { throw .serialMalformed }
        fields["serial"] = trimmed
    }

    /// Adds what one code says.
    ///
    /// - Throws: `contradiction`; then nothing of the code was added.
    package mutating func add(_ reading: Result<Label, LabelFailure>) throws(IntakeError) {
        switch reading {
        case .failure(let failure): failures.append(failure)
        case .success(let label):
            for (name, value) in label.fields.plain.sorted(by: { $0.key < $1.key }) {
                if let known = fields[name], known != value {
                    throw .contradiction(field: name, known: known, new: value)
                }
            }
            fields.merge(label.fields.plain) { $1 }
            secrets.merge(label.fields.secrets) { $1 }
            warnings += label.warnings.filter { !warnings.contains($0) }
            formats.append(label.format)
        }
    }

    /// The device, its product matched to the catalogue. `product` is what the installer named.
    ///
    /// - Throws: `notUnderstood` when no code could be read.
    package func device(product: ProductID?, products: [Product]) throws(IntakeError) -> CapturedDevice {
        if fields.isEmpty, let failure = failures.first { throw .notUnderstood(failure) }
        var identity = DeviceIdentity(product: product, fields: fields)
        if product == nil { identity.product = products.product(of: identity).product?.productID }
        return CapturedDevice(identity: identity, secrets: secrets, unused: failures)
    }
}

extension String {
    /// Without blanks at both ends; those inside stay.
    package var trimmingBlanks: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
