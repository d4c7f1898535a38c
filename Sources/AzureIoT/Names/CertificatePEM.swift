import Model
package import TargetCore

/// Certificates in PEM text, read as far as hashes need it. Source: RFC 7468.
package enum CertificatePEM {
    private static let begin = "-----BEGIN CERTIFICATE-----"
    private static let end = "-----END CERTIFICATE-----"

    /// Each certificate of the text as DER, in order; what is no certificate is passed over.
    package static func certificates(in text: String) -> [[UInt8]] {
        var found: [[UInt8]] = []
        var collected: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = String(line.filter { !$0.isWhitespace || $0 == " " })
            if line.hasPrefix(begin) {
                collected = ""
            } else if line.hasPrefix(end) {
                if let text = collected, let bytes = Base64.decode(text), !bytes.isEmpty {
                    found.append(bytes)
                }
                collected = nil
            } else {
                collected?.append(contentsOf: line.filter { $0 != " " })
            }
        }
        return found
    }

    /// The first certificate of a chain as PEM of its own; `nil` when there is none.
    package static func leaf(of chain: String) -> String? {
        certificates(in: chain).first.map(text)
    }

    /// DER as PEM with lines of 64.
    package static func text(_ der: [UInt8]) -> String {
        var lines = [begin]
        var rest = Base64.encode(der)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return (lines + [end]).joined(separator: "\n") + "\n"
    }

    /// SHA-256 of the first certificate's DER as 64 upper-case hex digits, the form of hubs; takes PEM, and
    /// base64 of DER.
    package static func thumbprint(_ certificate: String, _ digests: CloudDigests) -> String? {
        let der =
            certificates(in: certificate).first
            ?? Base64.decode(String(certificate.filter { !$0.isWhitespace }))
        guard let der, !der.isEmpty else { return nil }
        return Hexadecimal.encode(digests.sha256(der), uppercase: true)
    }
}
