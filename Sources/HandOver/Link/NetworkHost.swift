/// A host as it stands in an address: a name, or a number of IPv4 or IPv6 in the usual form.
///
/// Other forms of numbers (`0x7f.1`, `2130706433`) are taken by some programs only: they are none here.
package struct NetworkHost: Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case name(String)
        /// 4 bytes.
        case ipv4([UInt8])
        /// 16 bytes, and the interface of a link-local address.
        case ipv6([UInt8], zone: String?)
    }

    package let kind: Kind
    /// As programs take it: without brackets, a zone behind `%`.
    package let text: String

    /// `nil` for what is neither a name nor a number.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        guard let kind = Self.ipv4(text) ?? Self.ipv6(text) ?? Self.name(text) else { return nil }
        self.kind = kind
        guard case .ipv6(_, let zone?) = kind else {
            self.text = text
            return
        }
        self.text = Self.halves(text, at: "%").0 + "%" + zone
    }

    /// As it stands in an address: numbers of IPv6 in brackets, a zone behind `%25` (RFC 6874).
    package var description: String {
        guard case .ipv6(_, let zone) = kind else { return text }
        return "[" + Self.halves(text, at: "%").0 + (zone.map { "%25" + $0 } ?? "") + "]"
    }

    /// Whether it can only be in this machine's own networks: loopback (`localhost`, 127.0.0.0/8, ::1), private
    /// (RFC 1918; RFC 4193) or link-local (RFC 3927; RFC 4291). A name may lead anywhere, so it is none of these.
    package var isLocal: Bool {
        switch kind {
        case .name(let name): name.lowercased() == "localhost"
        case .ipv4(let bytes):
            switch (bytes[0], bytes[1]) {
            case (10, _), (127, _), (192, 168), (169, 254), (172, 16...31): true
            default: false
            }
        case .ipv6(let bytes, _):
            bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
                || bytes == [UInt8](repeating: 0, count: 15) + [1]
        }
    }

    private static func ipv4(_ text: String) -> Kind? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in
            // A leading zero is read as octal by some.
            part.allSatisfy(\.isASCII) && part.count <= 3 && (part == "0" || part.first != "0")
                ? UInt8(part) : nil
        }
        return parts.count == 4 && bytes.count == 4 && !text.contains("+") ? .ipv4(bytes) : nil
    }

    /// RFC 4291, section 2.2, without IPv4 numbers at the end; RFC 6874 for the zone, with `%25` or `%`.
    private static func ipv6(_ text: String) -> Kind? {
        let (number, zone) = halves(text, at: "%")
        let name = zone.map { $0.hasPrefix("25") ? String($0.dropFirst(2)) : $0 }
        guard number.contains(":"), name.map({ !$0.isEmpty && $0.utf8.allSatisfy(isOfName) }) ?? true else {
            return nil
        }
        let sides = number.split(separator: "::", omittingEmptySubsequences: false)
        guard sides.count <= 2 else { return nil }
        let groups = sides.map { side in
            side.isEmpty
                ? []
                : side.split(separator: ":", omittingEmptySubsequences: false).map { group in
                    (1...4).contains(group.count) && group.allSatisfy(\.isHexDigit)
                        ? UInt16(group, radix: 16) : nil
                }
        }
        guard groups.joined().allSatisfy({ $0 != nil }) else { return nil }
        let found = groups.map { $0.compactMap { $0 } }
        let count = found.joined().count
        guard sides.count == 2 ? count < 8 : count == 8 else { return nil }
        let all = found[0] + [UInt16](repeating: 0, count: 8 - count) + (sides.count == 2 ? found[1] : [])
        return .ipv6(all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, zone: name)
    }

    /// RFC 952 and 1123, with the underscore that some devices have; the last label does not begin with a digit.
    private static func name(_ text: String) -> Kind? {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...253).contains(text.utf8.count), labels.last?.first?.isNumber == false,
            labels.allSatisfy({
                (1...63).contains($0.utf8.count) && $0.first != "-" && $0.utf8.allSatisfy(isOfName)
            })
        else { return nil }
        return .name(text)
    }

    package static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func halves(_ text: String, at mark: Character) -> (String, String?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }
}

/// `HOST` or `HOST:PORT`.
package struct NetworkPlace: Equatable, Sendable, CustomStringConvertible {
    package let host: NetworkHost
    /// `nil` for the port that the scheme has.
    package let port: UInt16?

    package init(host: NetworkHost, port: UInt16?) {
        self.host = host
        self.port = port
    }

    package init?(_ text: some StringProtocol) {
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]"),
                let host = NetworkHost(text[text.index(after: text.startIndex)..<end]),
                case .ipv6 = host.kind
            else { return nil }
            self.host = host
            rest = Substring(text[text.index(after: end)...])
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            guard let host = NetworkHost(text[..<end]) else { return nil }
            self.host = host
            rest = Substring(text[end...])
        }
        guard !rest.isEmpty else {
            port = nil
            return
        }
        guard rest.first == ":", rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
            let port = UInt16(rest.dropFirst())
        else { return nil }
        self.port = port
    }

    package var description: String { "\(host)" + (port.map { ":\($0)" } ?? "") }
}
