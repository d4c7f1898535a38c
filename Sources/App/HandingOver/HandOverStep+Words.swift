import HandOver

extension HandOverStep {
    /// What scripts know it by.
    var word: String {
        switch self {
        case .identified: "identified"
        case .notEncrypted(let link): "\(link) is not encrypted; that is put on record."
        case .requestTaken: "request taken"
        case .keyMade: "key made"
        case .keyTaken: "key taken"
        case .keyOutstanding: "key outstanding"
        case .certificateOutstanding: "certificate outstanding"
        case .certificateThere: "certificate there"
        case .installed: "installed"
        case .switched: "switched"
        case .deviceAway: "waiting for the device"
        case .confirmed: "confirmed"
        case .noted: "noted"
        case .keyWiped: "The made key is wiped here; the device alone has it now."
        case .symmetricKeyWiped:
            "The symmetric key is wiped here; the device and its target alone have it now."
        }
    }

    /// What there is to say beside it.
    func detail(link: String) -> String? {
        switch self {
        case .identified(let comparison):
            "the same as on the label: \(comparison.equal.joined(separator: ", "))"
                + (comparison.unsaid.isEmpty
                    ? "" : "; not checked: \(comparison.unsaid.joined(separator: ", "))")
        case .requestTaken(let check): "key of the request: \(check.rawValue)"
        case .keyTaken(let target): "\(target) made it; the device gets it, and proves it after the switch"
        case .keyOutstanding: "its target has not made it yet; `muster sync`, then hand over again"
        case .keyMade: "the device gets it with the bundle, and proves it after the switch"
        case .certificateOutstanding: "the request is saved; hand over again once it is confirmed"
        case .installed(hasEndpoint: false): "without an endpoint; give one with --endpoint"
        case .deviceAway(isCarried: true): "take \(link) to it, bring it back and hand over again"
        case .deviceAway(isCarried: false):
            "it lies at \(link); hand over again once the device has taken it"
        case .confirmed: "the device signed for every byte that it was given"
        case .installed, .notEncrypted, .certificateThere, .switched, .noted, .keyWiped, .symmetricKeyWiped:
            nil
        }
    }
}
