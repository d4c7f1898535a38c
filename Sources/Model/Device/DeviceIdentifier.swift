/// One fact that singles out a device: a serial of a product, a DevEUI, a MAC, an IMEI …
///
/// Text form `kind:value`, with a serial written `serial:<product>/<serial>`; a product that is not known is `-`.
/// A device can have several; any of them finds it.
package struct DeviceIdentifier: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static var rule: String { "kind:value with a known kind, at most 512 bytes" }

    package static func accepts(_ text: String) -> Bool {
        guard text.utf8.count <= 512, let colon = text.firstIndex(of: ":") else { return false }
        return Kind(rawValue: String(text[..<colon])) != nil && text.index(after: colon) < text.endIndex
    }

    /// The kinds in the order in which one of them becomes the lane of the device: world-wide unique ones first.
    package enum Kind: String, CaseIterable, Sendable {
        case uuid, uii, giai, grai, cpid, imei, devEUI, eui64, mac, sha256, deviceId, serial
    }

    package init(kind: Kind, value: String) {
        rawValue = "\(kind.rawValue):\(value)"
    }

    package static func serial(_ serial: String, of product: ProductID?) -> DeviceIdentifier {
        DeviceIdentifier(kind: .serial, value: "\(product?.rawValue ?? "-")/\(serial)")
    }

    package var kind: Kind? {
        rawValue.firstIndex(of: ":").flatMap { Kind(rawValue: String(rawValue[..<$0])) }
    }

    /// What a person reads on the device: the value, without kind and product.
    package var value: String {
        guard let colon = rawValue.firstIndex(of: ":") else { return rawValue }
        let value = rawValue[rawValue.index(after: colon)...]
        guard kind == .serial, let slash = value.firstIndex(of: "/") else { return String(value) }
        return String(value[value.index(after: slash)...])
    }
}
