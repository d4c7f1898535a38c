internal import COpenSSL

/// Subject alternative names. Source: RFC 5280, section 4.2.1.6.
struct AlternativeNames: Equatable, Sendable {
    var dnsNames: [String] = []
    var uris: [String] = []
    /// Numeric IPv4 and IPv6 addresses.
    var addresses: [String] = []
    /// How many names of other kinds there are.
    var others = 0

    init(dnsNames: [String] = [], uris: [String] = [], addresses: [String] = []) {
        self.dnsNames = dnsNames
        self.uris = uris
        self.addresses = addresses
    }

    /// Reads an extension's names; they are not kept beyond the call.
    init(_ names: OpaquePointer?) {
        guard let names else { return }
        for index in 0..<cossl_names_count(names) {
            guard let name = cossl_names_at(names, index) else { continue }
            let text = cossl_name_text(name).map(Self.text)
            switch (cossl_name_kind(name), text) {
            case (GEN_DNS, let text?): dnsNames.append(text)
            case (GEN_URI, let text?): uris.append(text)
            default: others += 1
            }
        }
    }

    static func text(_ string: UnsafePointer<ASN1_STRING>) -> String {
        let count = Int(ASN1_STRING_length(string))
        return String(
            decoding: UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: count), as: UTF8.self)
    }

    var isEmpty: Bool { dnsNames.isEmpty && uris.isEmpty && addresses.isEmpty }

    /// GeneralNames in DER, each name built as a value: no text is ever read as configuration.
    var encoded: [UInt8] {
        get throws(CredentialsError) {
            var list: [UInt8] = []
            for name in dnsNames { list += DER.element(DER.Tag.primitive(2), try Self.ascii(name)) }
            for uri in uris { list += DER.element(DER.Tag.primitive(6), try Self.ascii(uri)) }
            for address in addresses { list += DER.element(DER.Tag.primitive(7), try Self.octets(address)) }
            return DER.element(DER.Tag.sequence, list)
        }
    }

    static func ascii(_ text: String) throws(CredentialsError) -> [UInt8] {
        guard text.unicodeScalars.allSatisfy({ (0x21..<0x7F).contains($0.value) }) else {
            throw .failed(
                step: "Writing alternative names", reason: "a name must be printable ASCII without blanks")
        }
        return Array(text.utf8)
    }

    private static func octets(_ address: String) throws(CredentialsError) -> [UInt8] {
        let octets = try Library.make(a2i_IPADDRESS(address), "Writing an address")
        defer { ASN1_OCTET_STRING_free(octets) }
        return Array(
            UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(octets), count: Int(ASN1_STRING_length(octets))))
    }
}
