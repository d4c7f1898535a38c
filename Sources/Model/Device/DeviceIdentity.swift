/// What is known of a device without its secrets: label fields, and the product they were matched to.
///
/// Field names are those of the label formats (`serial`, `gtin`, `devEUI` …); secret fields never enter.
package struct DeviceIdentity: Codable, Equatable, Sendable {
    package var product: ProductID?
    package var fields: [String: String]

    package init(product: ProductID? = nil, fields: [String: String]) {
        self.product = product
        self.fields = fields.filter { !$0.key.hasPrefix("secret.") }
    }

    /// Every identifier that the fields give, the most telling first; empty when the label names no single device.
    package var identifiers: [DeviceIdentifier] {
        DeviceIdentifier.Kind.allCases.compactMap { kind in
            guard let value = fields[kind.rawValue], !value.isEmpty, value.utf8.count <= 256 else {
                return nil
            }
            switch kind {
            case .serial: return .serial(value, of: product)
            case .cpid:
                return fields["cpidSerial"].map { DeviceIdentifier(kind: .cpid, value: "\(value)/\($0)") }
            case .uuid, .uii, .giai, .grai, .imei, .devEUI, .eui64, .mac, .sha256, .deviceId:
                return DeviceIdentifier(kind: kind, value: value)
            }
        }
    }

    /// The identifier whose lane the device's operations share; `nil` when no single device is named.
    package var lane: DeviceIdentifier? { identifiers.first }

    /// How a person calls the device: its serial, or the first identifier there is.
    package var displayName: String {
        fields["serial"] ?? identifiers.first?.value ?? "unnamed device"
    }
}
