/// The Device Provisioning Service that a device registers at.
///
/// Text `dps:ID_SCOPE`, for the address that all of Azure's public cloud has, or `dps:ID_SCOPE@https://HOST:PORT`.
package struct AzureScope: Equatable, Sendable, CustomStringConvertible {
    /// As the service's overview shows it: `0ne00…`.
    package let idScope: String
    package let url: String

    private static let prefix = "dps:"
    private static let publicURL = "https://global.azure-devices-provisioning.net"
    private static let limitBytes = 300

    /// `nil` for anything else than the text above.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), text.utf8.count < Self.limitBytes else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(
            separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let scope = parts.first, !scope.isEmpty,
            scope.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            })
        else { return nil }
        idScope = String(scope)
        var url = parts.count == 2 ? String(parts[1]) : Self.publicURL
        if url.hasSuffix("/") { url.removeLast() }
        guard url.hasPrefix("https://"), url.utf8.count > "https://".utf8.count,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.url = url
    }

    package var description: String {
        url == Self.publicURL ? Self.prefix + idScope : "\(Self.prefix)\(idScope)@\(url)"
    }
}
