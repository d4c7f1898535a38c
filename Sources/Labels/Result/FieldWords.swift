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

    /// Fields with their names, what tells most first: `serial SN-1, product number (GTIN) 0950…`.
    package static func sentence(_ fields: [String: String], most: Int = .max) -> String {
        fields.sorted { isBefore($0.key, $1.key) }.prefix(most).map { "\(name(of: $0.key)) \($0.value)" }
            .joined(separator: ", ")
    }

    /// Where a field stands among others when people read them: those without words of their own come last, by name.
    package static func isBefore(_ one: String, _ other: String) -> Bool {
        let (first, second) = (ranks[one] ?? ranks.count, ranks[other] ?? ranks.count)
        return first == second ? one < other : first < second
    }

    /// What tells devices apart comes first, then what tells products apart.
    private static let ordered: [(field: String, name: String)] = [
        ("serial", "serial"), ("secondarySerial", "second serial"), ("imei", "IMEI"),
        ("imei2", "second IMEI"), ("imeisv", "IMEI with software version"), ("devEUI", "DevEUI"),
        ("mac", "MAC address"), ("eui64", "EUI-64"), ("uuid", "UUID"), ("deviceId", "device ID"),
        ("deviceName", "device name"), ("uii", "unique item identifier"), ("cageSerial", "serial (CAGE)"),
        ("sha256", "fingerprint (SHA-256)"), ("devUrn", "device URN"), ("idLink", "identification link"),
        ("dsk", "device key (DSK)"), ("oneWire", "1-Wire address"), ("product", "part number"),
        ("product2", "second part number"), ("gtin", "product number (GTIN)"),
        ("productID", "product ID"), ("productType", "product type"), ("vendor", "vendor"),
        ("vendorID", "vendor ID"), ("revision", "revision"), ("customerPart", "customer's part number"),
        ("gmn", "model number (GMN)"), ("softwareVersion", "software version"),
        ("firmwareVersion", "firmware version"), ("hardwareVersion", "hardware version"),
        ("lot", "batch or lot"), ("grai", "returnable asset (GRAI)"), ("giai", "asset (GIAI)"),
        ("cpid", "component (CPID)"), ("cpidSerial", "component's serial"), ("sscc", "parcel (SSCC)"),
        ("derivedMac", "MAC address in it"), ("oui", "maker's block (OUI)"), ("joinEUI", "JoinEUI"),
        ("loraProfileID", "LoRa profile"), ("loraVendorID", "LoRa vendor"),
        ("tac", "type of modem (TAC)"), ("iccid", "SIM (ICCID)"), ("eid", "embedded SIM (EID)"),
        ("gln", "place (GLN)"), ("glnExtension", "place's extension"), ("country", "country"),
        ("linkDomain", "site of the link"), ("pen", "enterprise number"), ("productionDate", "made on"),
        ("expiryDate", "use by"), ("packDate", "packed on"), ("bestBefore", "best before"),
        ("dateCode", "date code"), ("quantity", "quantity"), ("claimCode", "claim code"),
        ("setupPin", "setup code"), ("pop", "proof of possession"), ("psk", "pre-shared key"),
        ("password", "password"), ("installCode", "install code"), ("linkKey", "link key"),
        ("joinerCredential", "joiner credential"), ("appKey", "AppKey"), ("nwkKey", "NwkKey"),
        ("checksum", "checksum"), ("scheme", "label scheme"), ("proprietary", "maker's own part"),
        ("wifi.ssid", "Wi-Fi network"), ("wifi.security", "Wi-Fi security"),
        ("wifi.hidden", "Wi-Fi hidden"), ("matter.version", "Matter version"),
        ("matter.flow", "commissioning flow"), ("matter.capabilities", "discovery"),
        ("matter.discriminator", "discriminator"), ("matter.shortDiscriminator", "short discriminator"),
        ("payload", "payload"), ("value", "value"),
    ]

    private static let names = Dictionary(uniqueKeysWithValues: ordered.map { ($0.field, $0.name) })
    private static let ranks = Dictionary(
        uniqueKeysWithValues: ordered.enumerated().map { ($0.element.field, $0.offset) })
}
