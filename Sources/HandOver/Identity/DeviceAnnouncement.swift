package import Model

/// Who a device says that it is, and which principals it works with.
package struct DeviceAnnouncement: Codable, Equatable, Sendable {
    /// By the names of label fields: `serial`, `mac`, `devEUI`, `eui64`, `imei`, `uuid`.
    package var fields: [String: String]
    /// The bundle that it works with; `nil` for a device as it left the factory.
    package var active: PayloadHash?
    /// The bundle that it holds whole beside that, and could switch to.
    package var pending: PayloadHash?
    /// Whether it cannot make a key and takes one with the bundle.
    package var takesKey: Bool?
    /// Whether it takes a symmetric key that its target made, in place of a certificate.
    package var takesSymmetricKey: Bool?
    /// Whether it takes `connection.json`, and with that certificates which its service has issued.
    package var takesConnection: Bool?
    /// How the key was made that it will show a request of, where it knows more than that it has one.
    package var keyOrigin: KeyOrigin?
    /// The certificate that its maker gave it (IDevID), and the authorities behind it; DER in base64. Source: IEEE 802.1AR.
    package var idevid: [String]?

    package init(
        fields: [String: String], active: PayloadHash? = nil, pending: PayloadHash? = nil,
        takesKey: Bool? = nil, takesSymmetricKey: Bool? = nil, takesConnection: Bool? = nil,
        keyOrigin: KeyOrigin? = nil,
        idevid: [String]? = nil
    ) {
        self.fields = fields
        self.active = active
        self.pending = pending
        self.takesKey = takesKey
        self.takesSymmetricKey = takesSymmetricKey
        self.takesConnection = takesConnection
        self.keyOrigin = keyOrigin
        self.idevid = idevid
    }

    /// By what its signatures name it: its serial, or else the first identifier that it has; empty when it
    /// has none.
    package var name: String {
        fields["serial"] ?? fields.min { $0.key < $1.key }?.value ?? ""
    }
}

/// What a device says of itself, held against what was scanned from its case.
package struct IdentityComparison: Codable, Equatable, Sendable {
    package struct Difference: Codable, Equatable, Sendable {
        package var field: String
        package var scanned: String
        package var said: String

        package init(field: String, scanned: String, said: String) {
            self.field = field
            self.scanned = scanned
            self.said = said
        }
    }

    /// Fields that are the same, sorted.
    package var equal: [String] = []
    package var different: [Difference] = []
    /// Fields of the label that the device does not say, sorted: not checked.
    package var unsaid: [String] = []

    /// The fields that single a device out, and that devices know of themselves.
    package static let fields = ["devEUI", "eui64", "imei", "mac", "serial", "uuid"]

    package init(scanned: DeviceIdentity, said: DeviceAnnouncement) {
        for field in Self.fields {
            guard let expected = scanned.fields[field], !expected.isEmpty else { continue }
            guard let found = said.fields[field] else {
                unsaid.append(field)
                continue
            }
            if Self.canonical(expected, field) == Self.canonical(found, field) {
                equal.append(field)
            } else {
                different.append(Difference(field: field, scanned: expected, said: found))
            }
        }
    }

    /// At least one field is the same and none differs.
    package var isSameDevice: Bool { !equal.isEmpty && different.isEmpty }

    /// Addresses are written with and without separators, in either case; serials are as they are.
    private static func canonical(_ value: String, _ field: String) -> String {
        guard field != "serial" else { return value }
        return String(value.filter { $0 != ":" && $0 != "-" && $0 != "." }).uppercased()
    }
}

extension IdentityComparison {
    /// - Throws: `otherDevice` or `nothingToCompare` where it is not the device that was scanned.
    package func check(expected name: String) throws(HandOverError) {
        guard !isSameDevice else { return }
        guard let difference = different.first else { throw .nothingToCompare(expected: name) }
        throw .otherDevice(
            expected: name, field: difference.field, scanned: difference.scanned, said: difference.said)
    }
}
