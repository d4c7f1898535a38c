import Model
package import TargetCore

/// The attributes of a thing: which device of which tenant it is, and what the settings' templates say.
package enum AWSAttributes {
    /// The attribute that names the device at the registrar.
    package static let device = "device"
    package static let tenant = "tenant"

    /// What a template may name, in braces.
    package static let placeholders = ["device", "name", "product", "serial", "site", "tenant"]

    /// What AWS does not take in a value stands as `=XX`, and so does `=`. A template whose part is not known gives no
    /// attribute.
    package static func of(_ device: TargetDevice, templates: [String: String]) -> [String: String] {
        var attributes: [String: String] = [:]
        for (name, template) in templates {
            attributes[name] = filled(template, with: device)
        }
        attributes[self.device] = device.deviceID.rawValue
        attributes[tenant] = device.tenant.rawValue
        return attributes
    }

    private static func filled(_ template: String, with device: TargetDevice) -> String? {
        let values: [String: String?] = [
            "device": device.deviceID.rawValue, "name": device.name, "product": device.product?.rawValue,
            "serial": device.serial, "site": device.site?.rawValue, "tenant": device.tenant.rawValue,
        ]
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            guard let known = values[String(rest[rest.index(after: open)..<close])], let value = known,
                !value.isEmpty
            else { return nil }
            text += escaped(value)
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// Source: AWS IoT API Reference, "AttributePayload".
    package static func isAllowedInValue(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "_.,@/:#=[]-".utf8.contains(byte)
    }

    package static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    package static func escaped(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            if isAllowedInValue(byte), byte != UInt8(ascii: "=") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "=" + Hexadecimal.encode([byte], uppercase: true)
            }
        }
        return text
    }
}
