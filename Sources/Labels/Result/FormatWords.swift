/// What formats are called when a person reads them.
package enum FormatWords {
    /// By its name in output, such as `gs1-element-string`; a format without words of its own keeps it.
    package static func name(of format: String) -> String {
        let template = "vendor-template:"
        if format.hasPrefix(template) {
            // A profile's code is named after both.
            let parts = format.dropFirst(template.count).split(separator: "/", maxSplits: 1)
            return parts.count == 2
                ? "\(parts[1]) by the profile \(parts[0])" : "template \(parts.first ?? "")"
        }
        return names[format] ?? format
    }

    private static let names: [String: String] = [
        "gs1-element-string": "GS1", "gs1-digital-link": "GS1 Digital Link", "iso15434": "ISO/IEC 15434",
        "di-bare": "data identifier", "matter-qr": "Matter QR code", "matter-manual": "Matter manual code",
        "lorawan-tr005": "LoRaWAN label", "wifi-dpp": "Wi-Fi Easy Connect", "homekit": "HomeKit code",
        "wifi-qr": "Wi-Fi network", "thread-joiner": "Thread joiner",
        "zigbee-install-code": "Zigbee install code", "zwave-smartstart": "Z-Wave SmartStart",
        "espressif-prov": "Espressif provisioning", "imei": "IMEI", "iccid": "SIM number (ICCID)",
        "eid": "embedded SIM number (EID)", "mac-eui": "hardware address",
        "fingerprint-sha256": "SHA-256 fingerprint", "uuid": "UUID", "generic-label": "label of named fields",
        "iec61406": "identification link (IEC 61406)", "serial": "plain serial",
        "ean-upc": "product number (EAN/UPC)", "phone-card": "phone card", "dev-urn": "device URN",
        "device-id": "device ID", "human-entry": "typed serial", "check-digit": "check digit",
        "wedge": "scanner's text",
    ]
}
