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

    /// The extension with these names, each built as a value: no text is ever read as configuration.
    func makeExtension() throws(CredentialsError) -> OpaquePointer {
        let names = try Library.make(cossl_names_new(), "Writing alternative names")
        defer { GENERAL_NAMES_free(names) }
        for name in dnsNames { try add(name, GEN_DNS, to: names) }
        for uri in uris { try add(uri, GEN_URI, to: names) }
        for address in addresses {
            let octets = try Library.make(a2i_IPADDRESS(address), "Writing an address")
            try add(UnsafeMutableRawPointer(octets), GEN_IPADD, to: names)
        }
        return try Library.make(
            X509V3_EXT_i2d(NID_subject_alt_name, 0, UnsafeMutableRawPointer(names)),
            "Writing alternative names")
    }

    private func add(_ text: String, _ kind: Int32, to names: OpaquePointer) throws(CredentialsError) {
        guard text.unicodeScalars.allSatisfy({ (0x21..<0x7F).contains($0.value) }) else {
            throw .failed(
                step: "Writing alternative names", reason: "a name must be printable ASCII without blanks")
        }
        let string = try Library.make(ASN1_IA5STRING_new(), "Writing alternative names")
        try Library.check(
            ASN1_STRING_set(string, text, Int32(text.utf8.count)), "Writing alternative names")
        try add(UnsafeMutableRawPointer(string), kind, to: names)
    }

    /// Takes the value over.
    private func add(
        _ value: UnsafeMutableRawPointer, _ kind: Int32, to names: OpaquePointer
    ) throws(CredentialsError) {
        let name = try Library.make(GENERAL_NAME_new(), "Writing alternative names")
        GENERAL_NAME_set0_value(name, kind, value)
        guard cossl_names_push(names, name) > 0 else {
            GENERAL_NAME_free(name)
            throw Library.failure("Writing alternative names")
        }
    }
}
