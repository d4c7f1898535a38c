import Model

/// What a field's value must be, whichever format it came in: one rule for each, with its canonical spelling.
enum FieldRules {
    /// Checks a value and adds it under its field.
    static func add(_ field: String, _ value: String, to reading: inout Reading) throws(LabelFault) {
        do throws(LabelFault) { try check(field, value, to: &reading) } catch { throw error.of(field) }
    }

    private static func check(
        _ field: String, _ value: String, to reading: inout Reading
    ) throws(LabelFault) {
        guard !value.isEmpty else { throw .emptyValue }
        switch field {
        case "mac":
            let hex = try HardwareAddress.hex(value)
            try reading.fields.add(field, try HardwareAddress.mac(hex))
            reading.warnings += HardwareAddress.warnings(hex).filter { !reading.warnings.contains($0) }
        case "eui64", "devEUI":
            try reading.fields.add(field, try HardwareAddress.eui64(try HardwareAddress.hex(value)))
        case "joinEUI": try reading.fields.add(field, try hex(value, 16))
        case "secret.appKey", "secret.nwkKey": try reading.fields.add(field, try hex(value, 32))
        case "imei": try IMEI.add(value, to: &reading)
        case "imei2":
            var second = Reading()
            try IMEI.add(value, to: &second)
            try reading.fields.add(field, second.fields["imei"] ?? value)
        case "iccid": try ICCID.add(value, to: &reading)
        case "eid": try EID.add(value, to: &reading)
        case "uuid": try reading.fields.add(field, try UUIDLabel.canonical(value))
        case "gtin":
            try CheckDigits.requireDigits(value)
            guard [8, 12, 13, 14].contains(value.count) else {
                throw .badLength(value.count, expected: "8/12/13/14")
            }
            try CheckDigits.proveGS1(value)
            try reading.fields.add(field, String(repeating: "0", count: 14 - value.count) + value)
        default: try reading.fields.add(field, value)
        }
    }

    private static func hex(_ value: String, _ count: Int) throws(LabelFault) -> String {
        let hex = try HardwareAddress.hex(value)
        guard hex.count == count else {
            throw .badLength(hex.count, expected: count...count)
        }
        return hex
    }

    /// `YYYY-MM-DD` when that is a day of the calendar.
    static func day(_ text: String) -> String? { CivilDate(text)?.description }
}

/// The names that vendors give to fields.
enum FieldAliases {
    /// The field that a vendor's name stands for; compared in lower case without blanks.
    static func field(_ name: some StringProtocol) -> String? {
        table[name.lowercased().filter { !$0.isWhitespace }]
    }

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for (field, names) in names {
            for name in names.split(separator: " ") { table[String(name)] = field }
        }
        return table
    }()

    private static let names: [(field: String, names: String)] = [
        ("serial", "sn s/n serial serialno serialnumber serial_number dsn ser"),
        ("product", "model pn p/n mpn part partnumber product type devicetype producttype pm"),
        ("vendor", "vendor mfr manufacturer mfg brand"),
        ("mac", "mac macaddr macaddress wifimac wlanmac ethmac lanmac"),
        ("devEUI", "deveui dev_eui deui"), ("joinEUI", "joineui appeui app_eui join_eui"),
        ("secret.appKey", "appkey app_key ak"), ("secret.nwkKey", "nwkkey nwk_key"),
        ("imei", "imei imei1"), ("imei2", "imei2"),
        ("iccid", "iccid"), ("eid", "eid"), ("uuid", "uuid"), ("gtin", "gtin ean"), ("eui64", "eui64 eui"),
        ("secret.claimCode", "claim claimcode claimkey secretkey secret ownertoken token regcode"),
        ("secret.setupPin", "pin setuppin setupcode pincode"), ("secret.pop", "pop"),
        ("secret.password", "password pw pwd pass"), ("deviceName", "devicename name"),
        ("deviceId", "deviceid id"), ("quantity", "qty quantity"),
        ("firmwareVersion", "fw firmware firmwareversion fwversion"),
        ("hardwareVersion", "hw hardware hardwareversion hwversion"), ("lot", "lot batch"),
        ("country", "country coo"),
    ]

    /// The field names that hold secrets, without `secret.`.
    static let secretNames: Set<String> = [
        "claimCode", "setupPin", "pop", "psk", "password", "installCode", "linkKey", "joinerCredential",
        "appKey", "nwkKey", "secret", "dsk",
    ]
}
