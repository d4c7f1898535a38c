import Model

/// The SHA-256 of a key or certificate, as TPMs, certificates and SSH print it.
///
/// Source: RFC 4253 and OpenSSH for `SHA256:`; TCG EK Credential Profile 2.5 for endorsement keys.
enum Fingerprint {
    static let format = LabelFormat(name: "fingerprint-sha256", fit: fit, read: read)

    /// What may stand before the digits, each with blanks behind it; the longer ones first.
    private static let names = ["sha-256", "sha256", "fingerprint", "thumbprint", "hash", "ekpub", "ek"]

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let (name, digits) = split(scan.text)
        if name?.hasPrefix("sha") == true { return .certain }
        if name != nil { return .possible }
        return digits.count == 64 && digits.isAllHex ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let (name, digits) = split(scan.text)
        var reading = Reading()
        let bare = digits.trimmedPadding
        if name != nil, bare.count == 43, !digits.isAllHex {
            guard let bytes = Base64.decode(bare + "="), bytes.count == 32 else { throw .badCharset }
            try reading.fields.add("sha256", Hexadecimal.encode(bytes))
            return reading
        }
        guard digits.isAllHex else { throw .badCharset }
        // Forty digits are a SHA-1, which names nothing safely any more.
        guard digits.count == 64 else { throw .badLength }
        try reading.fields.add("sha256", digits.lowercased())
        return reading
    }

    /// The first name that stands before the digits, and the digits without colons and blanks.
    private static func split(_ text: String) -> (name: String?, digits: String) {
        var rest = text.trimmed[...]
        var found: String?
        while let name = names.first(where: { rest.hasPrefixIgnoringCase($0) }) {
            let after = rest.dropFirst(name.count)
            guard let sign = after.first, ": =".contains(sign) else { break }
            found = found ?? name
            rest = after.drop { ": =".contains($0) }
        }
        return (found, rest.filter { $0 != ":" && $0 != " " })
    }
}

extension String {
    /// Without the `=` that fills up base 64.
    fileprivate var trimmedPadding: String { last == "=" ? String(dropLast()) : self }
}
