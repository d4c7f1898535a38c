/// `http://HOST[:PORT][/PATH]` or `https://…`: a device that takes asks over HTTP.
package struct WebAddress: Equatable, Sendable, CustomStringConvertible {
    package var isEncrypted: Bool
    package var place: NetworkPlace
    /// What stands before the protocol's own path; begins with `/`, or is empty.
    package var path: String

    /// Where the protocol is asked, below the address.
    package static let servicePath = "/muster/v1/hand-over"

    init?(isEncrypted: Bool, _ text: Substring) {
        guard let (authority, path) = AddressText.split(text), let place = NetworkPlace(authority),
            place.port != 0,
            path.utf8.allSatisfy(AddressText.isOfPath)
        else { return nil }
        self.isEncrypted = isEncrypted
        self.place = place
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    }

    package var url: String { description + Self.servicePath }

    package var description: String { "\(isEncrypted ? "https" : "http")://\(place)\(path)" }
}

/// `ssh://USER@HOST[:PORT][/DIRECTORY]`: a device that can be logged in to.
package struct ShellAddress: Equatable, Sendable, CustomStringConvertible {
    package var user: String
    package var place: NetworkPlace
    /// The directory that holds devices' folders, from the root on; `nil` where a command is asked.
    package var directory: String?

    init?(_ text: Substring) {
        guard let (authority, path) = AddressText.split(text), let at = authority.lastIndex(of: "@"),
            let place = NetworkPlace(authority[authority.index(after: at)...]), place.port != 0
        else { return nil }
        let user = authority[..<at]
        // Neither an option nor anything that a shell or another program reads in its own way.
        guard !user.isEmpty, user.first != "-",
            user.utf8.allSatisfy({ NetworkHost.isOfName($0) || $0 == UInt8(ascii: ".") }),
            path.utf8.allSatisfy(AddressText.isOfPath)
        else { return nil }
        self.user = String(user)
        self.place = place
        let trimmed = path.hasSuffix("/") ? path.dropLast() : path
        directory = trimmed.isEmpty ? nil : String(trimmed)
    }

    package var description: String { "ssh://\(user)@\(place)\(directory ?? "")" }
}

private enum AddressText {
    /// What stands behind `scheme:`, as the authority and the path, which begins with `/` or is empty.
    static func split(_ text: Substring) -> (Substring, Substring)? {
        guard text.hasPrefix("//") else { return nil }
        let rest = text.dropFirst(2)
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        return (rest[..<end], rest[end...])
    }

    /// Bytes that mean themselves in a path of a URL and in one of a file.
    static func isOfPath(_ byte: UInt8) -> Bool {
        NetworkHost.isOfName(byte) || "/.~+@,=".utf8.contains(byte)
    }
}
