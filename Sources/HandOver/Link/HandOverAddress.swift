/// Where a device is to be reached, as written after `--to`.
package enum HandOverAddress: Equatable, Sendable, CustomStringConvertible {
    /// `dir:PATH`: a directory, such as a USB stick, that is carried to the device.
    case directory(String)
    /// `serial:PATH[@BAUD]`: a serial line on which the device speaks the protocol.
    case serial(path: String, baud: Int?)
    /// `http://…` or `https://…`
    case web(WebAddress)
    /// `ssh://…`
    case shell(ShellAddress)

    /// `nil` for text of no such form.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        guard !rest.isEmpty else { return nil }
        switch text[..<colon] {
        case "dir": self = .directory(String(rest))
        case "serial": self.init(serial: rest)
        case "http", "https":
            guard let address = WebAddress(isEncrypted: text.hasPrefix("https"), rest) else { return nil }
            self = .web(address)
        case "ssh":
            guard let address = ShellAddress(rest) else { return nil }
            self = .shell(address)
        default: return nil
        }
    }

    private init?(serial rest: Substring) {
        guard let at = rest.lastIndex(of: "@") else {
            self = .serial(path: String(rest), baud: nil)
            return
        }
        guard let baud = Int(rest[rest.index(after: at)...]), (50...20_000_000).contains(baud),
            at > rest.startIndex
        else { return nil }
        self = .serial(path: String(rest[..<at]), baud: baud)
    }

    package var description: String {
        switch self {
        case .directory(let path): "dir:\(path)"
        case .serial(let path, let baud): "serial:\(path)" + (baud.map { "@\($0)" } ?? "")
        case .web(let address): address.description
        case .shell(let address): address.description
        }
    }

    /// - Throws: `notEncrypted` for plain HTTP to a place that may be anywhere.
    package func check() throws(HandOverError) {
        guard case .web(let address) = self, !address.isEncrypted, !address.place.host.isLocal else { return }
        throw .notEncrypted(
            link: description,
            reason: "without encryption only a private, link-local or loopback address in figures is used")
    }
}
