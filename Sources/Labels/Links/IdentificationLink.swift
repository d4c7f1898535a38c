import Model

/// A web address that names one object, as standards for identification plates print it.
///
/// Source: IEC 61406-1:2022 and IEC 61406-2:2024, Identification Link.
enum IdentificationLink {
    static let format = LabelFormat(name: "iec61406", fit: fit, read: read)

    /// Longest link that a plate may carry.
    private static let limit = 255

    /// Names of parameters that stand for fields; a dot may stand before them.
    private static let fields = [
        "S": "serial", "SN": "serial", "1P": "product", "PN": "product", "1T": "lot",
    ]

    private static func fit(_ scan: Scan) -> LabelFormat.Fit { WebLink(scan.text) == nil ? .none : .possible }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefixIgnoringCase($0) }) else {
            throw .badStructure
        }
        guard isAddress(text) else { throw .badCharset }
        guard text.count <= limit else { throw .badLength }
        let afterScheme = text.dropFirst(scheme.count)
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let rest = afterScheme.dropFirst(authority.count)
        guard let link = WebLink(text), hasDomain(link.host), authority.isHostAndPort else {
            throw .badStructure
        }
        guard !rest.drop(while: { $0 == "/" }).isEmpty else { throw .missingField }
        var reading = Reading()
        try reading.fields.add("linkDomain", authority.lowercased())
        try add("idLink", scheme + authority.lowercased() + rest, of: link, to: &reading)
        for (name, value) in link.query {
            guard let field = fields[name.first == "." ? String(name.dropFirst()) : name] else { continue }
            guard let value = PercentEncoding.decode(value) else { throw .badCharset }
            if !value.isEmpty { try reading.fields.add(field, value) }
        }
        if scheme == "http://" { reading.warnings.append(.insecureScheme) }
        return reading
    }

    /// The link is the identity, unless a parameter of it is a secret: then all of it is one.
    private static func add(
        _ field: String, _ value: String, of link: WebLink, to reading: inout Reading
    ) throws(LabelFault) {
        let hasSecret = link.query.contains { FieldAliases.field($0.name)?.hasPrefix("secret.") == true }
        try reading.fields.add((hasSecret ? "secret." : "") + field, value)
    }

    private static func hasDomain(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }

    /// Whether only characters of RFC 3986 are there, and each percent sign has two hex digits.
    private static func isAddress(_ text: String) -> Bool {
        let signs = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)
        let bytes = Array(text.utf8)
        return bytes.indices.allSatisfy { index in
            let byte = bytes[index]
            if byte == 0x25 {
                return index + 2 < bytes.count && Hexadecimal.value(of: bytes[index + 1]) != nil
                    && Hexadecimal.value(of: bytes[index + 2]) != nil
            }
            return (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || signs.contains(byte)
        }
    }
}

extension Substring {
    /// Whether a port, if there is one, is a number that a port can be.
    fileprivate var isHostAndPort: Bool {
        let parts = split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return true }
        return parts.count == 2 && parts[1].isAllDigits && (1...65_535).contains(Int(parts[1]) ?? 0)
    }
}
