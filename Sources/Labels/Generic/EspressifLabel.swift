import FoundationEssentials
import Model

/// How a device with Espressif's provisioning is reached for the first time.
///
/// Source: ESP-IDF Programming Guide, "Unified Provisioning", QR code scan.
enum EspressifLabel {
    static let format = LabelFormat(name: "espressif-prov", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text
        return text.trimmed.first == "{" && text.contains("\"ver\"")
            && (text.contains("\"transport\"") || text.contains("\"pop\"")) ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(scan.text.utf8)) else {
            throw .badStructure
        }
        guard let version = content.ver else { throw .missingField }
        guard version == "v1" else { throw .unsupportedVersion }
        guard let name = content.name, !name.isEmpty, let transport = content.transport else {
            throw .missingField
        }
        guard ["softap", "ble"].contains(transport) else { throw .outOfRange }
        let security = content.security ?? 2
        guard (0...2).contains(security) else { throw .outOfRange }
        if let network = content.network, !["wifi", "thread"].contains(network) { throw .outOfRange }
        var reading = Reading()
        for (field, value) in [
            ("esp.name", name), ("esp.transport", transport), ("esp.security", String(security)),
            ("esp.username", content.username), ("esp.network", content.network), ("secret.pop", content.pop),
            ("secret.password", content.password),
        ] {
            if let value { try reading.fields.add(field, value) }
        }
        if security == 0 {
            reading.warnings.append(.insecureTransport)
        } else if content.pop == nil {
            reading.warnings.append(.popMissing)
        }
        return reading
    }

    private struct Content: Decodable {
        var ver: String?
        var name: String?
        var transport: String?
        var pop: String?
        var security: Int?
        var username: String?
        var password: String?
        var network: String?
    }
}
