/// The name and password of a Wi-Fi network, as phones read them.
///
/// Source: ZXing, "Barcode Contents"; WPA3 Specification 3.3, section 7.
enum WiFiNetwork {
    static let format = LabelFormat(name: "wifi-qr", fit: fit, read: read)

    private static let prefix = "WIFI:"
    private static let kinds = ["WPA", "WPA2", "WEP", "SAE", "nopass"]

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        scan.text.hasPrefixIgnoringCase(prefix) ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        guard scan.text.hasPrefixIgnoringCase(prefix) else { throw .badStructure }
        let values = try values(scan.text.trimmed.dropFirst(prefix.count))
        guard let ssid = values["S"], !ssid.isEmpty else { throw .missingField }
        guard ssid.utf8.count <= 32 else { throw .badLength }
        let named = values["T"] ?? ""
        guard
            let kind = named.isEmpty
                ? "nopass" : kinds.first(where: { $0.lowercased() == named.lowercased() })
        else { throw .outOfRange }
        var reading = Reading()
        try reading.fields.add("wifi.ssid", ssid)
        try reading.fields.add("wifi.auth", kind)
        if let hidden = values["H"]?.lowercased(), hidden == "true" || hidden == "false" {
            try reading.fields.add("wifi.hidden", hidden)
        }
        if kind != "nopass" {
            guard let password = values["P"], !password.isEmpty else { throw .missingField }
            try check(password, kind)
            try reading.fields.add("secret.psk", password)
        }
        return reading
    }

    private static func check(_ password: String, _ kind: String) throws(LabelFault) {
        guard kind == "WPA" || kind == "WPA2" else { return }
        let count = password.utf8.count
        guard (8...63).contains(count) || count == 64 && password.isAllHex else { throw .badLength }
    }

    /// `key:value;` again and again, and one more `;` at the end. A backslash takes its meaning from the next
    /// character.
    private static func values(_ text: Substring) throws(LabelFault) -> [String: String] {
        var values: [String: String] = [:]
        var rest = text
        while rest.first != ";" {
            let name = rest.prefix { $0 != ":" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.popFirst() == ":", !name.isEmpty else { throw .badStructure }
            var value = ""
            while true {
                guard var character = rest.popFirst() else { throw .badStructure }
                if character == ";" { break }
                if character == "\\" {
                    guard let escaped = rest.popFirst() else { throw .badStructure }
                    character = escaped
                }
                value.append(character)
            }
            guard values.updateValue(value, forKey: name.uppercased()) == nil else { throw .duplicate }
        }
        guard rest.dropFirst().isEmpty, !values.isEmpty else { throw .badStructure }
        return values
    }
}
