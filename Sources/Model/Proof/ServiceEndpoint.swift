/// Where a device finds its service: a scheme, a host and a port.
///
/// Text `mqtts://HOST`, `mqtts://HOST:PORT` or `tls://HOST:PORT`; a numeric IPv6 address stands in brackets.
/// Source: RFC 3986, section 3.2; IANA port 8883 for MQTT over TLS.
package struct ServiceEndpoint: Equatable, Sendable, CustomStringConvertible {
    package enum Scheme: String, CaseIterable, Sendable {
        case mqtts, tls
    }

    package var scheme: Scheme
    package var host: String
    package var port: UInt16

    private static let portOfMQTTS: UInt16 = 8883
    /// Source: RFC 1035, section 2.3.4.
    private static let limitHostBytes = 253

    /// `nil` for anything else than the text above: other schemes, user names and paths too.
    package init?(_ text: String) {
        guard let scheme = Scheme.allCases.first(where: { text.hasPrefix($0.rawValue + "://") }) else {
            return nil
        }
        self.scheme = scheme
        let rest = text.dropFirst(scheme.rawValue.utf8.count + 3)
        let host: Substring
        let after: Substring
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            host = rest[rest.index(after: rest.startIndex)..<end]
            after = rest[rest.index(after: end)...]
            guard host.contains(":") else { return nil }
        } else {
            let colon = rest.firstIndex(of: ":") ?? rest.endIndex
            (host, after) = (rest[..<colon], rest[colon...])
        }
        guard (1...Self.limitHostBytes).contains(host.utf8.count),
            host.unicodeScalars.allSatisfy(Self.mayBeInHost)
        else { return nil }
        self.host = String(host)
        if after.isEmpty, scheme == .mqtts {
            port = Self.portOfMQTTS
        } else {
            guard after.first == ":", after.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
                let port = UInt16(after.dropFirst()), port > 0
            else { return nil }
            self.port = port
        }
    }

    private static func mayBeInHost(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || [".", "-", "_", ":"].contains(scalar)
    }

    package var description: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(host):\(port)"
    }
}
