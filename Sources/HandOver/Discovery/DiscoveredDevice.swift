/// A device that has announced itself on the local network (DNS-SD over multicast DNS, RFC 6763 and 6762).
///
/// Anybody on the network can announce anything: a discovery says where to ask, never who is there.
package struct DiscoveredDevice: Codable, Equatable, Sendable {
    /// What is asked for: devices that take a hand-over, and those that have any service over HTTP.
    package static let services = ["_muster._tcp", "_http._tcp"]

    /// The name of the service's instance, for people.
    package var name: String
    /// One of `services`.
    package var service: String
    package var host: String
    /// For `--to`.
    package var to: String
    /// What the announcement says is the device's serial (TXT `serial`).
    package var serial: String?

    /// Reads what `avahi-browse --parsable --resolve` prints: one announcement a line, each of them once. Lines
    /// that are none are passed over.
    package static func read(_ output: String) -> [DiscoveredDevice] {
        var found: [DiscoveredDevice] = []
        for line in output.split(whereSeparator: \.isNewline).prefix(lineLimit) {
            guard let device = DiscoveredDevice(line: line), !found.contains(where: { $0.to == device.to })
            else { continue }
            found.append(device)
        }
        return found.sorted { left, right in
            let order = [left, right].map { services.firstIndex(of: $0.service) ?? 0 }
            return (order[0], left.name, left.to) < (order[1], right.name, right.to)
        }
    }

    /// Announcements that are read; more is no network that a person works in.
    private static let lineLimit = 2000

    /// `=;INTERFACE;IPv4;NAME;SERVICE;DOMAIN;HOST;ADDRESS;PORT;TXT`. In TXT a `;` stands as it is.
    private init?(line: Substring) {
        let fields = line.split(separator: ";", maxSplits: 9, omittingEmptySubsequences: false)
        guard fields.count >= 9, fields[0] == "=", Self.services.contains(String(fields[4])),
            let port = UInt16(fields[8]), port != 0
        else { return nil }
        let text = fields.count > 9 ? Self.text(fields[9]) : [:]
        name = Self.unescaped(fields[3])
        service = String(fields[4])
        host = String(fields[6])
        serial = text["serial"]
        let scheme = text["scheme"] == "https" ? "https" : "http"
        // A link-local address means something on one interface alone.
        let zone =
            fields[7].lowercased().hasPrefix("fe80:") && !fields[7].contains("%") ? "%\(fields[1])" : ""
        guard let number = NetworkHost(fields[7] + zone) else { return nil }
        if case .name = number.kind { return nil }
        let place = NetworkPlace(host: number, port: port)
        let path = text["path"].map { $0.hasPrefix("/") ? $0 : "/" + $0 } ?? ""
        guard let address = HandOverAddress("\(scheme)://\(place)" + (service == "_muster._tcp" ? path : ""))
        else {
            return nil
        }
        to = address.description
    }

    /// Avahi writes bytes as `\DDD` in decimal and others as `\C`.
    private static func unescaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(3)
            if digits.count == 3, let value = UInt8(String(decoding: digits, as: UTF8.self)) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(next)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `"key=value" "key=value"`; of a key that comes twice the first counts (RFC 6763, section 6.4).
    private static func text(_ field: Substring) -> [String: String] {
        var values: [String: String] = [:]
        var word: [UInt8] = []
        var isInside = false
        var isEscaped = false
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\""), !isEscaped {
                if isInside { take(word, into: &values) }
                isInside.toggle()
                word = []
            } else if isInside {
                word.append(byte)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return values
    }

    private static func take(_ word: [UInt8], into values: inout [String: String]) {
        let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return }
        let key = String(decoding: parts[0], as: UTF8.self).lowercased()
        if values[key] == nil { values[key] = unescaped(String(decoding: parts[1], as: UTF8.self)) }
    }
}
