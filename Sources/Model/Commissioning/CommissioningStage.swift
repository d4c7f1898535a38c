/// The stages through which one device is commissioned.
///
/// A device can be left at any stage and taken up again: what is saved already is not done twice.
package enum CommissioningStage: String, Codable, CaseIterable, Sendable {
    /// Get what the label holds.
    case capture
    /// Say which device that is.
    case identify
    /// Compare it with what the store knows, before anything is saved.
    case check
    /// Save the claim.
    case claim
    /// Save the request for the device's certificate.
    case principals
    /// Save where it stands.
    case place
    case done

    /// The stage after `stage`, or `nil` when the facts do not let the work go on.
    package static func next(after stage: Self, given facts: CommissioningFacts) -> Self? {
        switch stage {
        case .capture: facts.identity == nil ? nil : .identify
        case .identify: facts.identity?.lane == nil ? nil : .check
        case .check: facts.findings.contains(where: \.blocks) ? nil : firstDue(.claim, facts)
        case .claim: firstDue(.principals, facts)
        case .principals: firstDue(.place, facts)
        case .place, .done: .done
        }
    }

    /// `stage` when it has something to save, else the next one that has.
    private static func firstDue(_ stage: Self, _ facts: CommissioningFacts) -> Self {
        let order: [(Self, OperationBody.Kind)] = [
            (.claim, .claim), (.principals, .provision), (.place, .place),
        ]
        let rest = order.drop { $0.0 != stage }
        return rest.first { facts.wanted.contains($0.1) && !facts.saved.contains($0.1) }?.0 ?? .done
    }
}

/// What decides which stage comes next.
package struct CommissioningFacts: Equatable, Sendable {
    /// What the label says; `nil` until something was read.
    package var identity: DeviceIdentity?
    package var findings: [CommissioningFinding]
    /// The kinds of operation that the installer asked for.
    package var wanted: Set<OperationBody.Kind>
    /// The kinds that the device's lane holds already, open or applied.
    package var saved: Set<OperationBody.Kind>

    package init(
        identity: DeviceIdentity? = nil, findings: [CommissioningFinding] = [],
        wanted: Set<OperationBody.Kind> = [], saved: Set<OperationBody.Kind> = []
    ) {
        self.identity = identity
        self.findings = findings
        self.wanted = wanted
        self.saved = saved
    }
}
