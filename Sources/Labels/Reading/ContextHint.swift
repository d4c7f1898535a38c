/// What the words beside a code say about it.
enum ContextHint {
    /// Words as they are printed beside codes, lower-case, with the format that they name.
    private static let formats = [
        "imei": "imei", "imei1": "imei", "iccid": "iccid", "sim": "iccid", "eid": "eid", "mac": "mac-eui",
        "wlan": "mac-eui", "eui": "mac-eui", "eui64": "mac-eui", "eui-64": "mac-eui", "uuid": "uuid",
        "sn": "serial", "s/n": "serial", "serial": "serial", "ser": "serial", "ean": "ean-upc",
        "gtin": "ean-upc",
        "upc": "ean-upc", "matter": "matter-manual", "homekit": "homekit", "install": "zigbee-install-code",
        "fingerprint": "fingerprint-sha256", "sha256": "fingerprint-sha256", "sha-256": "fingerprint-sha256",
    ]

    /// The formats in the order in which they are tried; the one that the words name comes first and is tried
    /// whatever it looks like, because fourteen digits beside `IMEI` are one.
    static func ordered(_ formats: [LabelFormat], by context: String?) -> [LabelFormat] {
        guard let name = format(of: context), let named = formats.first(where: { $0.name == name }) else {
            return formats
        }
        // A payload that says itself what it is needs no words.
        let hinted = LabelFormat(name: name, fit: { hintedFit(named, $0) }, read: named.read)
        return [hinted] + formats.filter { $0.name != name }
    }

    private static func format(of context: String?) -> String? {
        let words = (context ?? "").lowercased().split { $0.isWhitespace || ":=.#()".contains($0) }
        return words.lazy.compactMap { formats[String($0)] }.first
    }

    /// Digits beside the name of a kind of number are one of that kind, or misread.
    private static func hintedFit(_ named: LabelFormat, _ scan: Scan) -> LabelFormat.Fit {
        let isNumber = ["imei", "iccid", "eid"].contains(named.name)
        if isNumber, scan.text.filter({ !" -/.".contains($0) }).isAllDigits { return .certain }
        switch named.fit(scan) {
        case .none, .possible: return .possible
        case .certain: return .certain
        }
    }
}
