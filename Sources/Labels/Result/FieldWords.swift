/// What fields are called when a person reads them.
package enum FieldWords {
    /// By its full name in output, such as `gtin` or `secret.claimCode`; a field without a name of its own keeps it.
    package static func name(of field: String) -> String {
        let short = field.hasPrefix("secret.") ? String(field.dropFirst("secret.".count)) : field
        if let known = names[short] { return known }
        if short.hasPrefix("ai.") { return "GS1 (\(short.dropFirst(3)))" }
        if short.hasPrefix("di.") { return "data identifier \(short.dropFirst(3))" }
        return short.hasPrefix("x.") ? String(short.dropFirst(2)) : short
    }

    private static let names: [String: String] = [
        "vendor": "vendor", "vendorID": "vendor ID", "product": "part number",
        "product2": "second part number",
        "productID": "product ID", "productType": "product type", "revision": "revision",
        "customerPart": "customer's part number", "gtin": "product number (GTIN)",
        "gmn": "model number (GMN)",
        "softwareVersion": "software version", "firmwareVersion": "firmware version",
        "hardwareVersion": "hardware version", "serial": "serial", "secondarySerial": "second serial",
        "lot": "batch or lot", "uii": "unique item identifier", "cageSerial": "serial (CAGE)",
        "deviceId": "device ID", "deviceName": "device name", "grai": "returnable asset (GRAI)",
        "giai": "asset (GIAI)", "cpid": "component (CPID)", "cpidSerial": "component's serial",
        "sscc": "parcel (SSCC)", "sha256": "fingerprint (SHA-256)", "uuid": "UUID", "devUrn": "device URN",
        "idLink": "identification link", "mac": "MAC address", "eui64": "EUI-64",
        "derivedMac": "MAC address in it", "oui": "maker's block (OUI)", "devEUI": "DevEUI",
        "joinEUI": "JoinEUI", "loraProfileID": "LoRa profile", "loraVendorID": "LoRa vendor", "imei": "IMEI",
        "imei2": "second IMEI", "imeisv": "IMEI with software version", "tac": "type of modem (TAC)",
        "iccid": "SIM (ICCID)", "eid": "embedded SIM (EID)", "dsk": "device key (DSK)", "gln": "place (GLN)",
        "glnExtension": "place's extension", "country": "country", "linkDomain": "site of the link",
        "pen": "enterprise number", "productionDate": "made on", "expiryDate": "use by",
        "packDate": "packed on", "bestBefore": "best before", "dateCode": "date code", "quantity": "quantity",
        "claimCode": "claim code", "setupPin": "setup code", "pop": "proof of possession",
        "psk": "pre-shared key",
        "password": "password", "installCode": "install code", "linkKey": "link key",
        "joinerCredential": "joiner credential", "appKey": "AppKey", "nwkKey": "NwkKey",
        "checksum": "checksum", "scheme": "label scheme", "proprietary": "maker's own part",
        "wifi.ssid": "Wi-Fi network", "wifi.security": "Wi-Fi security", "wifi.hidden": "Wi-Fi hidden",
        "matter.version": "Matter version", "matter.flow": "commissioning flow",
        "matter.capabilities": "discovery", "matter.discriminator": "discriminator",
        "matter.shortDiscriminator": "short discriminator", "oneWire": "1-Wire address", "payload": "payload",
        "value": "value",
    ]
}
