import Model

/// The two codes of one Matter device: the QR code and the digits below it, of which the digits say less.
enum MatterCheck {
    static func compare(_ one: Label, _ other: Label) -> [(CrossCheck.Topic, CrossCheck.Verdict)] {
        guard let protocolOfOne = family(one.format), protocolOfOne == family(other.format) else { return [] }
        let ways = devices(one).flatMap { mine in devices(other).map { verdicts(mine, $0) } }
        // A QR code may name several devices; the digits belong to one of them.
        return ways.min { conflicts($0) < conflicts($1) } ?? []
    }

    /// Codes of different systems on one device have setup codes of their own.
    private static func family(_ format: String) -> String? {
        switch format {
        case "matter-qr", "matter-manual": "matter"
        case "homekit": "homekit"
        default: nil
        }
    }

    private static func devices(_ label: Label) -> [LabelFields] { [label.fields] + label.furtherDevices }

    private static func conflicts(_ verdicts: [(CrossCheck.Topic, CrossCheck.Verdict)]) -> Int {
        verdicts.count { $0.1 == .conflict }
    }

    private static func verdicts(
        _ one: LabelFields, _ other: LabelFields
    ) -> [(CrossCheck.Topic, CrossCheck.Verdict)] {
        let pairs: [(CrossCheck.Topic, String?, String?)] = [
            (.setupCode, one.secrets["setupPin"]?.unredacted, other.secrets["setupPin"]?.unredacted),
            (.discriminator, shortDiscriminator(one), shortDiscriminator(other)),
            (.vendor, one["vendorID"], other["vendorID"]), (.product, one["productID"], other["productID"]),
        ]
        return pairs.compactMap { topic, mine, theirs in
            guard let mine, let theirs else { return nil }
            return (topic, mine == theirs ? .agree : .conflict)
        }
    }

    /// The upper four bits, which both codes have.
    private static func shortDiscriminator(_ fields: LabelFields) -> String? {
        fields["matter.shortDiscriminator"]
            ?? fields["matter.discriminator"].flatMap { Int($0) }.map { String($0 >> 8) }
    }
}
