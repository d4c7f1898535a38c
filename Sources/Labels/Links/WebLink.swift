/// A web address in its parts, still percent-encoded. Source: RFC 3986.
struct WebLink {
    var scheme: String
    /// In lower case, without port.
    var host: String
    var segments: [String]
    var query: [(name: String, value: String)]

    /// `nil` for text that is no address with `http` or `https`, or has no host.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"),
            !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else { return nil }
        scheme = String(text[..<colon])
        guard ["http", "https"].contains(scheme.lowercased()) else { return nil }
        let beforeFragment = text[colon...].dropFirst(3).prefix { $0 != "#" }
        let address = beforeFragment.prefix { $0 != "?" }
        let authority = address.prefix { $0 != "/" }
        guard !authority.contains("@") else { return nil }
        host = authority.prefix { $0 != ":" }.lowercased()
        guard !host.isEmpty else { return nil }
        segments = address.dropFirst(authority.count).split(separator: "/", omittingEmptySubsequences: false)
            .dropFirst().map(String.init)
        query = beforeFragment.dropFirst(address.count + 1).split { $0 == "&" || $0 == ";" }.map { pair in
            let name = pair.prefix { $0 != "=" }
            return (String(name), String(pair.dropFirst(name.count + 1)))
        }
    }
}
