package import Model
package import TargetCore

/// What a provisioning service holds: the entries of devices, the groups, and the records of those that came by a group. The
/// record of a device with an entry of its own comes with the entry.
struct DPSListing: TargetListing {
    private enum Stage: Equatable {
        case enrollments
        case groups
        /// Of the first of these groups.
        case registrations([String])
        case end
    }

    private let calls: DPSCalls
    private let query: String?
    private var stage = Stage.enrollments
    private var pages = AzurePages()
    private var groups: [String] = []

    init(calls: DPSCalls, query: String?) {
        self.calls = calls
        self.query = query
    }

    var call: CloudCall? {
        switch stage {
        case .enrollments:
            calls.queryEnrollments(query ?? "SELECT * FROM enrollments", page: pages.page)
        case .groups: calls.queryGroups("SELECT * FROM enrollmentGroups", page: pages.page)
        case .registrations(let groups):
            groups.first.map { calls.registrations(ofGroup: $0, page: pages.page) }
        case .end: nil
        }
    }

    mutating func take(_ reply: CloudReply) throws(TargetFault) -> [TargetHolding] {
        guard let call else { return [] }
        // A group that went meanwhile has no records any more.
        if case .registrations = stage, AzureErrorBody(reading: reply).number == 404_204 {
            advance()
            return []
        }
        guard let items = try pages.take(reply, to: call, of: Item.self) else { return [] }
        let holdings = try items.map { item throws(TargetFault) in
            guard let holding = holding(item) else { throw AzureFaults.notUnderstood(reply, call) }
            return holding
        }
        if stage == .groups { groups += holdings.map(\.name) }
        if pages.isAtEnd { advance() }
        return holdings
    }

    private mutating func advance() {
        pages = AzurePages()
        stage =
            switch stage {
            case .enrollments: query == nil ? .groups : .end
            case .groups: groups.isEmpty ? .end : .registrations(groups)
            case .registrations(let groups):
                groups.count > 1 ? .registrations(Array(groups.dropFirst())) : .end
            case .end: .end
            }
    }

    private func holding(_ item: Item) -> TargetHolding? {
        switch stage {
        case .enrollments:
            guard let id = item.registrationId else { return nil }
            let note = AzureNote(reading: item.optionalDeviceInformation)
            return TargetHolding(
                .enrollment, RegistrationID.lowered(id), device: note.map { DeviceID(trusted: $0.device) },
                tenant: note.map { TenantID(trusted: $0.tenant) }, standing: item.standing,
                place: item.registrationState?.assignedHub)
        case .groups:
            return item.enrollmentGroupId.map {
                TargetHolding(.group, RegistrationID.lowered($0), standing: item.standing)
            }
        case .registrations:
            return item.registrationId.map {
                TargetHolding(.registration, RegistrationID.lowered($0), place: item.assignedHub)
            }
        case .end: return nil
        }
    }

    /// What a list is read for, of any of its kinds.
    private struct Item: Decodable {
        var registrationId: String?
        var enrollmentGroupId: String?
        var provisioningStatus: ProvisioningStatus?
        var optionalDeviceInformation: [String: JSONValue]?
        var registrationState: DeviceRegistrationState?
        var assignedHub: String?

        var standing: DeviceTarget.Standing { provisioningStatus == .disabled ? .disabled : .enabled }
    }
}

extension AzureDPSTarget {
    package func listing(matching query: String?) -> any TargetListing {
        DPSListing(calls: DPSCalls(apiVersion: settings.apiVersions.service), query: query)
    }

    package func group(of device: DeviceTarget) -> String? {
        let prefix = "group "
        guard let enrolment = device.marks[AzureMark.enrolment], enrolment.hasPrefix(prefix) else {
            return nil
        }
        return RegistrationID.lowered(String(enrolment.dropFirst(prefix.count)))
    }
}
