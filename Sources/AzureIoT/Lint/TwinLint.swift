import Model
import TargetCore

/// Tags and desired properties against what twins hold. Source: IoT Hub documentation, "Understand and use
/// device twins".
enum TwinLint {
    static let longestTags = 8 * 1024
    static let longestProperties = 32 * 1024
    static let longestText = 4096
    static let longestName = 1024
    static let deepest = 10
    /// Whole numbers that twins keep exactly.
    static let integers: ClosedRange<Int64> = -4_503_599_627_370_496...4_503_599_627_370_495

    static func findings(tags: [String: JSONValue], desired: [String: JSONValue]) -> [TargetFinding] {
        part("tags", tags, longestTags) + part("desired properties", desired, longestProperties)
    }

    private static func part(_ name: String, _ members: [String: JSONValue], _ longest: Int)
        -> [TargetFinding]
    {
        var findings: [TargetFinding] = []
        let size = CloudCall.json(members).count
        if size > longest {
            findings.append(
                TargetFinding(
                    "azure_twin_too_large",
                    what: "The device's \(name) are \(size) bytes; a twin holds \(longest)",
                    nextStep: "Shorten the \(name) of the target's settings."))
        }
        var faults: [String] = []
        walk(.object(members), depth: 0, &faults)
        if let first = faults.first {
            findings.append(
                TargetFinding(
                    "azure_twin_form", what: "Of the device's \(name), \(first)",
                    nextStep: "Correct the \(name) of the target's settings."))
        }
        return findings
    }

    private static func walk(_ value: JSONValue, depth: Int, _ faults: inout [String]) {
        switch value {
        case .object(let members):
            if depth > deepest { faults.append("one lies deeper than \(deepest) levels") }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                if let fault = fault(inName: name) { faults.append(fault) }
                walk(member, depth: depth + 1, &faults)
            }
        case .list(let list): list.forEach { walk($0, depth: depth + 1, &faults) }
        case .text(let text) where text.utf8.count > longestText:
            faults.append("a text is longer than \(longestText) bytes")
        case .integer(let integer) where !integers.contains(integer):
            faults.append("the number \(integer) is more than a twin keeps exactly")
        case .null, .boolean, .number, .text, .integer: return
        }
    }

    private static func fault(inName name: String) -> String? {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && $0 != "." && $0 != "$" && $0 != "#"
        }
        if isPlain, (1...longestName).contains(name.utf8.count) { return nil }
        return
            "the name “\(VisibleText.of(String(name.prefix(80))))” must have no dot, dollar, "
            + "number sign or blank"
    }
}
