/// What several codes of one device say about each other: whether they agree, or name two devices.
///
/// Codes are told by their place in the list. A conflict is never settled here; a person looks at the label.
package struct CrossCheck: Equatable, Sendable {
    /// What two codes have in common.
    package enum Topic: String, CaseIterable, Sendable {
        /// The same code, seen twice.
        case sameCode
        case setupCode, discriminator, vendor, product
        case gtin, serial, address, imei, sim
        case uuid, devEUI, joinEUI, fingerprint, deviceID, uniqueItem, deviceKey, installCode
    }

    /// How two codes stand to each other in one topic.
    package enum Verdict: Equatable, Sendable {
        case agree
        /// They differ as two interfaces, two slots or two packings of one device do.
        case related
        case conflict
    }

    /// One topic of two codes.
    package struct Finding: Equatable, Sendable {
        package var topic: Topic
        package var verdict: Verdict
        /// The places of the two codes in the list.
        package var first: Int
        package var second: Int

        package init(topic: Topic, verdict: Verdict, first: Int, second: Int) {
            self.topic = topic
            self.verdict = verdict
            self.first = first
            self.second = second
        }
    }

    /// In the order of the codes.
    package private(set) var findings: [Finding] = []

    package init(_ labels: [Label]) {
        for second in labels.indices {
            for first in labels.indices.prefix(second) {
                for (topic, verdict) in Self.compare(labels[first], labels[second]) {
                    findings.append(Finding(topic: topic, verdict: verdict, first: first, second: second))
                }
            }
        }
    }

    package var conflicts: [Finding] { findings.filter { $0.verdict == .conflict } }

    /// The places of codes that repeat an earlier one.
    package var repeated: [Int] {
        findings.filter { $0.topic == .sameCode }.map(\.second).reduce(into: []) { places, place in
            if !places.contains(place) { places.append(place) }
        }
    }

    private static func compare(_ one: Label, _ other: Label) -> [(Topic, Verdict)] {
        if one.format == other.format, one.fields == other.fields, one.furtherDevices == other.furtherDevices
        {
            return [(.sameCode, .agree)]
        }
        var verdicts = MatterCheck.compare(one, other)
        verdicts += fieldTopics.compactMap { name, topic in
            guard let mine = one.fields[name], let theirs = other.fields[name] else { return nil }
            return (topic, verdict(name, mine, theirs))
        }
        for (name, topic) in [("dsk", Topic.deviceKey), ("installCode", .installCode)] {
            guard let mine = one.fields.secrets[name], let theirs = other.fields.secrets[name] else {
                continue
            }
            verdicts.append((topic, mine == theirs ? .agree : .conflict))
        }
        if let verdict = AddressCheck.compare(one.fields, other.fields) {
            verdicts.append((.address, verdict))
        }
        return verdicts
    }

    private static let fieldTopics: [(name: String, topic: Topic)] = [
        ("gtin", .gtin), ("serial", .serial), ("imei", .imei), ("iccid", .sim), ("eid", .sim),
        ("uuid", .uuid), ("devEUI", .devEUI), ("joinEUI", .joinEUI), ("sha256", .fingerprint),
        ("deviceId", .deviceID), ("uii", .uniqueItem),
    ]

    private static func verdict(_ name: String, _ mine: String, _ theirs: String) -> Verdict {
        if mine == theirs { return .agree }
        switch name {
        case "serial": return isPrefixed(mine, theirs) || isPrefixed(theirs, mine) ? .agree : .conflict
        // Two SIMs, or two modems of one type, in one device.
        case "iccid", "eid": return .related
        case "imei": return mine.prefix(8) == theirs.prefix(8) ? .related : .conflict
        // The number of a case of products differs in its first and last digit.
        case "gtin":
            return mine.dropFirst().dropLast() == theirs.dropFirst().dropLast() ? .related : .conflict
        default: return .conflict
        }
    }

    /// Whether one serial is the other with the letter of a data identifier before it.
    private static func isPrefixed(_ long: String, _ short: String) -> Bool {
        long.count == short.count + 1 && long.hasSuffix(short) && long.first == "S"
    }
}
