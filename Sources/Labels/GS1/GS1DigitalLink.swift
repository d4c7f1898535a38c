import Model

/// GS1 Digital Link URIs: keys and attributes of a product in a web address.
///
/// Source: GS1 Digital Link Standard: URI Syntax, release 1.6;
/// https://ref.gs1.org/standards/digital-link/uri-syntax/
enum GS1DigitalLink {
    static let format = LabelFormat(name: "gs1-digital-link", fit: fit, read: read)

    /// The primary keys, each with the qualifiers that may follow it, in this order.
    private static let keys: [String: [String]] = [
        "00": [], "01": ["22", "10", "21"], "253": [], "255": [], "401": [], "402": [],
        "414": ["254", "7040"], "417": ["7040"], "8003": [], "8004": ["7040"], "8006": ["22", "10", "21"],
        "8010": ["8011"], "8013": [], "8017": ["8019"], "8018": ["8019"],
    ]

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        guard let link = WebLink(scan.text), let start = keyIndex(link.segments),
            start + 1 < link.segments.count
        else { return .none }
        // A path such as /01/about is no link of this kind.
        return link.segments[start + 1].first?.isASCII == true
            && link.segments[start + 1].contains { $0.isNumber }
            ? .certain : .possible
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        guard let link = WebLink(scan.text), ["http", "https", "HTTP", "HTTPS"].contains(link.scheme) else {
            throw .badStructure
        }
        guard let start = keyIndex(link.segments) else { throw .missingKey }
        var reading = Reading()
        let parts = Array(link.segments[start...])
        guard parts.count.isMultiple(of: 2) else { throw .badStructure }
        var allowed = (keys[parts[0]] ?? [])[...]
        for index in stride(from: 0, to: parts.count, by: 2) {
            let digits = parts[index]
            if index > 0 {
                if digits == "235", index == 2, parts[0] == "01" {
                    allowed = []
                } else {
                    guard let place = allowed.firstIndex(of: digits) else { throw .badQualifier }
                    allowed = allowed[(place + 1)...]
                }
            }
            try add(digits, parts[index + 1], to: &reading, year: scan.year)
        }
        try readQuery(link, key: parts[0], to: &reading, year: scan.year)
        try reading.fields.add("linkDomain", link.host)
        return reading
    }

    /// The right-most primary key with an even number of segments from there to the end.
    private static func keyIndex(_ segments: [String]) -> Int? {
        segments.indices.reversed().first { index in
            keys[segments[index]] != nil && (segments.count - index).isMultiple(of: 2)
        }
    }

    private static func add(
        _ digits: String, _ encoded: String, to reading: inout Reading, year: Int
    ) throws(LabelFault) {
        guard let identifier = ApplicationIdentifier.exactly(digits) else { throw .unknownIdentifier }
        guard var value = PercentEncoding.decode(encoded) else { throw .badCharset }
        if digits == "01", [8, 12, 13].contains(value.count), value.isAllDigits {
            value = String(repeating: "0", count: 14 - value.count) + value
            reading.warnings.append(.gtinNotPadded)
        }
        try identifier.add(value[...], to: &reading.fields, year: year)
    }

    /// Attributes. Names that are not all digits are the web's, and mean nothing here.
    private static func readQuery(
        _ link: WebLink, key: String, to reading: inout Reading, year: Int
    ) throws(LabelFault) {
        var seen: Set<String> = []
        for (name, value) in link.query where name.isAllDigits {
            guard ApplicationIdentifier.exactly(name) != nil else { throw .unknownIdentifier }
            guard keys[name] == nil, !(keys[key] ?? []).contains(name) else { throw .badQualifier }
            guard seen.insert(name).inserted else { throw .duplicate }
            guard !value.isEmpty else { throw .emptyValue }
            try add(name, value, to: &reading, year: year)
        }
    }
}
