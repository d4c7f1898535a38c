/// The hardware addresses of two codes. A MAC address makes an EUI-64, and a device has several addresses in
/// a row.
///
/// Source: IEEE, "Guidelines for Use of Extended Unique Identifier"; RFC 4291, appendix A.
enum AddressCheck {
    /// Addresses that a maker gives to one device lie within this distance.
    private static let span: UInt64 = 16

    static func compare(_ one: LabelFields, _ other: LabelFields) -> CrossCheck.Verdict? {
        if let mine = one["mac"].flatMap(number), let theirs = other["mac"].flatMap(number) {
            if mine == theirs { return .agree }
            return isNear(mine, theirs) ? .related : .conflict
        }
        if let mine = one["eui64"].flatMap(number), let theirs = other["eui64"].flatMap(number) {
            return mine == theirs ? .agree : isNear(mine, theirs) ? .related : .conflict
        }
        return fromMAC(one, other) ?? fromMAC(other, one)
    }

    /// An EUI-64 against a MAC address: only one that was made of a MAC address says anything about it.
    private static func fromMAC(_ mac: LabelFields, _ eui: LabelFields) -> CrossCheck.Verdict? {
        guard let mac = mac["mac"].flatMap(number),
            let eui = (eui["eui64"] ?? eui["devEUI"]).flatMap(number), eui >> 25 & 0x7FFF == 0x7FFF
        else { return nil }
        let source = (eui >> 40 & 0xFF_FFFF) << 24 | eui & 0xFF_FFFF
        // Interface identifiers of IPv6 have the local bit turned over.
        let turned = source ^ 0x0200_0000_0000
        if source == mac || turned == mac { return .agree }
        return isNear(source, mac) || isNear(turned, mac) ? .related : .conflict
    }

    private static func isNear(_ one: UInt64, _ other: UInt64) -> Bool {
        (max(one, other) - min(one, other)) <= span
    }

    private static func number(_ text: String) -> UInt64? { UInt64(text.filter { $0 != ":" }, radix: 16) }
}
