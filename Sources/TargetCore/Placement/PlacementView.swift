package import Model

/// The rules of placement as one tenant may know them, so that a tablet of it can say without a network where a device would
/// go: by the same function, and so with the same answer.
package struct PlacementView: Codable, Equatable, Sendable {
    package var rules: PlacementRules
    /// Devices that each target has, where a candidate has a capacity.
    package var devices: [String: Int]
    /// Targets that the registrar had found to be down.
    package var outages: [TargetID]
    /// When they were counted, by the registrar's clock.
    package var countedAt: Timestamp

    /// What the rules say of other tenants and of their sites is left out: it decides nothing for this one.
    package init(
        _ rules: PlacementRules, of tenant: TenantID, devices: [TargetID: Int], outages: Set<TargetID> = [],
        countedAt: Timestamp
    ) {
        self.rules = rules
        self.rules.sites.removeAll { $0.tenant != nil && $0.tenant != tenant }
        self.rules.rules.removeAll { !$0.match.tenants.isEmpty && !$0.match.tenants.contains(tenant) }
        for index in self.rules.rules.indices where !self.rules.rules[index].match.tenants.isEmpty {
            self.rules.rules[index].match.tenants = [tenant]
        }
        self.devices = Dictionary(uniqueKeysWithValues: devices.map { ($0.key.rawValue, $0.value) })
        self.outages = outages.sorted()
        self.countedAt = countedAt
    }

    /// Where a device would be placed, as far as the registrar's answer was known then.
    package func answer(to question: PlacementQuestion, digests: CloudDigests) -> PlacementAnswer {
        guard !rules.candidates.isEmpty else { return .withoutRules }
        var question = question
        question.devices = Dictionary(
            uniqueKeysWithValues: devices.compactMap { name, count in
                TargetID(rawValue: name).map { ($0, count) }
            })
        return rules.answer(to: question, outages: Set(outages), digests: digests)
    }
}

extension PlacementRules {
    /// Whether it matters how many devices a target has.
    package var hasCapacities: Bool { candidates.contains { $0.capacity != nil } }
}
