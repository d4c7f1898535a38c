/// Where anybody reaches a registrar: `https://devices.example:8443`, perhaps with a path, without a slash at its end.
///
/// Its characters are such that it can stand in a certificate, in a command and in a page as it is.
package struct PublicURL: Identifier {
    package let rawValue: String

    package init(trusted rawValue: String) {
        self.rawValue = rawValue
    }

    package static let rule =
        "https://host or http://host, with a port or path if need be, no slash at the end and 200 characters at most"

    package static func accepts(_ text: String) -> Bool {
        guard text.utf8.count <= 200, let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
            return false
        }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.utf8.first, first != UInt8(ascii: "/"), rest.utf8.last != UInt8(ascii: "/")
        else { return false }
        return rest.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~:/[]".utf8.contains(byte)
            }
        }
    }

    /// The address of a path below this one, which starts with a slash.
    package func appending(_ path: String) -> PublicURL { PublicURL(trusted: rawValue + path) }
}

/// Where a certificate says that its status and its issuer's certificate can be had. Source: RFC 5280, sections 4.2.1.13 and
/// 4.2.2.1.
package struct StatusAddresses: Equatable, Sendable {
    /// Revocation lists: the distribution points.
    package var revocationLists: [String]
    /// OCSP responders.
    package var responders: [String]
    /// The certificate of the issuer.
    package var issuers: [String]

    package init(revocationLists: [String] = [], responders: [String] = [], issuers: [String] = []) {
        self.revocationLists = revocationLists
        self.responders = responders
        self.issuers = issuers
    }

    package var all: [String] { revocationLists + responders + issuers }
}
