/// What finds the lines of a job's list, made once.
struct JobIndex: Equatable, Sendable {
    /// Lines that name a device, by what singles it out.
    private var named: [String: [Int]] = [:]
    /// Lines by position; the first one where two have the same.
    private(set) var positions: [String: Int] = [:]
    /// Lines that any device of a product fills, the first one last.
    private(set) var slots: [ProductID?: [Int]] = [:]

    init(_ job: Job) {
        for (line, expected) in job.expected.enumerated() {
            let keys = Self.keys(of: expected.identity)
            for key in keys { named[key, default: []].append(line) }
            if let position = expected.position, positions[position] == nil { positions[position] = line }
            if keys.isEmpty { slots[expected.product ?? job.product, default: []].append(line) }
        }
        for (product, lines) in slots { slots[product] = lines.reversed() }
    }

    /// The lines that name the device. All that both sides say must agree, and at least one identifier must be the same.
    func lines(of identity: DeviceIdentity, in job: Job) -> [Int] {
        var found: [Int] = []
        for key in Self.keys(of: identity) {
            for line in named[key] ?? [] where !found.contains(line) {
                if Self.agree(job.expected[line].identity, identity, product: job.product) {
                    found.append(line)
                }
            }
        }
        return found.sorted()
    }

    private static func agree(
        _ expected: DeviceIdentity, _ identity: DeviceIdentity, product: ProductID?
    ) -> Bool {
        guard fits(identity.product, expected.product ?? product) else { return false }
        let other = Dictionary(uniqueKeysWithValues: keysByKind(identity))
        return keysByKind(expected).allSatisfy { kind, key in other[kind] == nil || other[kind] == key }
    }

    /// Whether a device of a product may stand where another is expected; who does not know does not contradict.
    static func fits(_ product: ProductID?, _ expected: ProductID?) -> Bool {
        guard let product, let expected, product != Product.genericID, expected != Product.genericID else {
            return true
        }
        return product == expected
    }

    /// One text for each identifier, the same however it is written; a serial without its product.
    static func keys(of identity: DeviceIdentity) -> [String] { keysByKind(identity).map(\.key) }

    private static func keysByKind(
        _ identity: DeviceIdentity
    ) -> [(kind: DeviceIdentifier.Kind, key: String)] {
        identity.identifiers.compactMap { identifier in
            guard let kind = identifier.kind else { return nil }
            switch kind {
            case .uuid, .imei, .devEUI, .eui64, .mac, .sha256:
                return (kind, "\(kind.rawValue):\(SearchText.fold(identifier.value))")
            case .uii, .giai, .grai, .cpid, .deviceId, .serial:
                return (kind, "\(kind.rawValue):\(identifier.value)")
            }
        }
    }
}
