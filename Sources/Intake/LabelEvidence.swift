package import Labels
package import Model

/// Several codes of one label, made into one device.
///
/// A label often carries its product in one code and its serial in another, and the same fact twice. Facts that agree are
/// joined; facts that contradict each other are refused, never chosen between, unless a profile of the label says which code
/// is which.
package struct LabelEvidence: Equatable, Sendable {
    package private(set) var fields: [String: String] = [:]
    package private(set) var secrets: [String: Redacted<String>] = [:]
    /// What the codes say, each by itself and of each other; `nil` for a typed serial.
    package private(set) var reading: LabelReading?
    /// They may hold secrets.
    private var payloads = Redacted<[Payload]>([])

    package init() {}

    /// What the codes of one label say.
    ///
    /// - Throws: `contradiction`.
    package init(_ reading: LabelReading) throws(IntakeError) {
        let joined = try FactJoin(reading)
        (fields, secrets) = (joined.fields, joined.secrets)
        self.reading = reading
    }

    /// A typed serial, taken as it is.
    package init(serial: String) throws(IntakeError) {
        let trimmed = serial.trimmingBlanks
        guard !trimmed.isEmpty, trimmed.utf8.count <= 128,
            trimmed.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
        else { throw .serialMalformed }
        fields["serial"] = trimmed
    }

    /// One code, read as a person said.
    package init(label: Label) {
        fields = label.fields.plain
        secrets = label.fields.secrets
    }

    package var failures: [LabelFailure] {
        reading?.codes.compactMap { code in
            guard case .failure(let failure) = code.reading else { return nil }
            return failure
        } ?? []
    }

    /// Adds further codes of the same label, and reads all of them anew: what one says can depend on the others.
    ///
    /// - Throws: `contradiction`; then nothing of the codes was added.
    package mutating func add(_ codes: [Payload], with reader: LabelReader) throws(IntakeError) {
        let all = payloads.unredacted + codes
        self = try LabelEvidence(reader.read(label: all))
        payloads = Redacted(all)
    }

    /// The device, its product matched to the catalogue. `product` is what the installer named.
    ///
    /// - Throws: `notUnderstood` when no code could be read.
    package func device(product: ProductID?, products: [Product]) throws(IntakeError) -> CapturedDevice {
        if fields.isEmpty, let failure = failures.first { throw .notUnderstood(failure) }
        var identity = DeviceIdentity(product: product, fields: fields)
        if product == nil {
            let told = reading?.product.flatMap { told in products.first { $0.productID == told }?.productID }
            identity.product = told ?? products.product(of: identity).product?.productID
        }
        return CapturedDevice(
            identity: identity, secrets: secrets, unused: failures, missing: reading?.missing ?? [],
            rivals: rivals(of: identity), isDisputed: isDisputed(identity))
    }

    /// Other devices that the code may mean which names this one; none when another code names it as well.
    private func rivals(of identity: DeviceIdentity) -> [DeviceIdentity] {
        let naming = codes(naming: identity)
        guard let first = naming.first, naming.allSatisfy({ !$0.rivals.isEmpty }) else { return [] }
        return first.rivals.map { DeviceIdentity(product: nil, fields: $0.fields.plain) }
    }

    /// Whether every code that names the device was read in doubt.
    private func isDisputed(_ identity: DeviceIdentity) -> Bool {
        let naming = codes(naming: identity)
        return !naming.isEmpty && naming.allSatisfy(\.isDisputed)
    }

    private func codes(naming identity: DeviceIdentity) -> [LabelReading.Code] {
        guard let reading, let lane = identity.lane else { return [] }
        return reading.codes.filter { code in
            guard case .success(let label) = code.reading else { return false }
            return DeviceIdentity(product: identity.product, fields: label.fields.plain).lane == lane
        }
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
