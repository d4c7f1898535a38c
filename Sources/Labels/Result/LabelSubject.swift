/// What a code is about, so that nobody takes the number of a product for that of a device.
package enum LabelSubject: String, CaseIterable, Sendable {
    /// One single device.
    case device
    /// What proves the right to claim a device, without naming it.
    case access
    /// A kind of device, or a batch of them.
    case product
    /// A SIM in the device.
    case sim
    /// A Wi-Fi network.
    case network
    /// A parcel or a place of logistics.
    case logistics
    case other

    /// Said beside the code on the screen.
    package var words: String {
        switch self {
        case .device: "names this one device"
        case .access: "lets its owner in, but does not name the device; scan the serial too"
        case .product: "names the product; the serial is in another code"
        case .sim: "names the SIM, not the device; scan the serial too"
        case .network: "names a Wi-Fi network, not a device"
        case .logistics: "names a parcel or a place, not a device"
        case .other: "does not name a device"
        }
    }
}

extension Label {
    private static let devices = [
        "serial", "secondarySerial", "uii", "cageSerial", "deviceId", "deviceName", "grai", "giai",
        "cpidSerial", "sha256", "uuid", "devUrn", "idLink", "oneWire", "mac", "eui64", "devEUI", "imei",
        "dpp.keyHash",
    ]
    /// What tells one kind of device from another.
    static let productFields = products + ["vendor", "linkDomain", "loraProfileID", "tac"]
    private static let products = [
        "gtin", "product", "product2", "productID", "productType", "customerPart", "gmn", "cpid", "lot",
        "vendorID",
    ]

    /// What the label is about, judged by its fields.
    package var subject: LabelSubject {
        func has(_ names: [String]) -> Bool { names.contains { fields[$0] != nil } }
        if has(Self.devices) || fields.secrets["dsk"] != nil || fields.secrets["idLink"] != nil {
            return .device
        }
        if has(["iccid", "eid"]) { return .sim }
        if has(["wifi.ssid"]) { return .network }
        if !fields.secrets.isEmpty { return .access }
        if has(Self.products) { return .product }
        if has(["sscc", "gln"]) { return .logistics }
        return .other
    }
}
