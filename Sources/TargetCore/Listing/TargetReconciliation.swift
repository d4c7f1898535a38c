package import Model

/// A device of the registrar's records that is at a target.
package struct TargetRecord: Equatable, Sendable {
    package var device: DeviceID
    package var tenant: TenantID
    /// Its name at the target.
    package var name: String
    /// The group that lets it in, where it needs no entry of its own.
    package var group: String?

    package init(device: DeviceID, tenant: TenantID, name: String, group: String? = nil) {
        self.device = device
        self.tenant = tenant
        self.name = name
        self.group = group
    }
}

/// What a target holds, set against what the registrar's records say of it.
package struct TargetReconciliation: Sendable {
    package enum Verdict: String, Codable, CaseIterable, Sendable {
        /// The target holds it, and the records say so.
        case known
        /// The records say that it is there, and the target does not hold it.
        case missing
        /// It bears the mark of one of the registrar's devices, which the records have elsewhere or nowhere.
        case leftover
        /// Work on it is under way.
        case underWork
        /// It bears another device's mark than the records have for its name.
        case exchanged
        /// It bears no mark, or that of a device that the registrar has never known.
        case foreign

        /// Whether a person is to look at it.
        package var needsPerson: Bool {
            switch self {
            case .missing, .leftover, .exchanged: true
            case .known, .underWork, .foreign: false
            }
        }
    }

    private struct Held: Hashable {
        var kind: TargetHolding.Kind
        var name: String
    }

    private let records: [String: TargetRecord]
    private let groups: Set<String>
    private let underWork: Set<DeviceID>
    private var held: Set<Held> = []

    /// `underWork` are devices that something is being done about at the target.
    package init(records: [TargetRecord], underWork: Set<DeviceID>) {
        self.records = Dictionary(records.map { ($0.name, $0) }) { first, _ in first }
        groups = Set(records.compactMap(\.group))
        self.underWork = underWork
    }

    /// What is to be said of a holding; `nil` when it was judged before. `isKnown` says whether the registrar has ever
    /// known the device whose mark it bears.
    package mutating func judge(_ holding: TargetHolding, isKnown: Bool) -> Verdict? {
        let name = holding.name
        guard held.insert(Held(kind: holding.kind, name: name)).inserted else { return nil }
        if holding.kind == .group { return groups.contains(name) ? .known : .foreign }
        if let record = records[name] {
            guard let device = holding.device, device != record.device || holding.tenant != record.tenant
            else { return .known }
            return .exchanged
        }
        guard let device = holding.device, isKnown else { return .foreign }
        return underWork.contains(device) ? .underWork : .leftover
    }

    /// Once everything has been judged: devices that the target should hold and does not, by name.
    package var missing: [TargetRecord] {
        records.filter { !isHeld($0.value, as: $0.key) && !underWork.contains($0.value.device) }
            .map(\.value).sorted { $0.name < $1.name }
    }

    private func isHeld(_ record: TargetRecord, as name: String) -> Bool {
        if let group = record.group { return held.contains(Held(kind: .group, name: group)) }
        return [.enrollment, .device].contains { held.contains(Held(kind: $0, name: name)) }
    }
}
