import Model
package import TargetCore

/// The devices of a hub. Its query language finds twins by their tags and properties: `SELECT * FROM devices WHERE
/// tags.site = 'oslo-1'`.
struct HubListing: TargetListing {
    private let calls: HubCalls
    private let query: String?
    private var pages = AzurePages()

    init(calls: HubCalls, query: String?) {
        self.calls = calls
        self.query = query
    }

    var call: CloudCall? {
        pages.isAtEnd ? nil : calls.query(query ?? "SELECT * FROM devices", page: pages.page)
    }

    mutating func take(_ reply: CloudReply) throws(TargetFault) -> [TargetHolding] {
        guard let call, let twins = try pages.take(reply, to: call, of: HubTwin.self) else { return [] }
        return try twins.map { twin throws(TargetFault) in
            guard let name = twin.deviceId else { throw AzureFaults.notUnderstood(reply, call) }
            let note = AzureNote(reading: twin.tags)
            return TargetHolding(
                .device, name, device: note.map { DeviceID(trusted: $0.device) },
                tenant: note.map { TenantID(trusted: $0.tenant) },
                standing: twin.status == .disabled ? .disabled : .enabled)
        }
    }
}

extension IoTHubTarget {
    package func listing(matching query: String?) -> any TargetListing {
        HubListing(calls: HubCalls(host: settings.host, apiVersion: settings.apiVersion), query: query)
    }
}
