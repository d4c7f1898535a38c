import Model
package import TargetCore

/// Calls of a provisioning service and of hubs that go together: writes of entries, by ten; writes and deletions of a hub's
/// devices, by a hundred.
///
/// A call for many answers neither with versions nor with keys, so what needs one of them goes alone, and what is written
/// is known by its own words from then on.
struct AzureJoining {
    let apiVersion: String

    func joining(of call: CloudCall) -> CallJoin? {
        switch AzurePlane(name: call.plane) {
        case .dpsService: DPSJoining(apiVersion: apiVersion).joining(of: call)
        case .iotHub(let host): HubJoining(host: host, apiVersion: apiVersion).joining(of: call)
        case .dpsDevice, nil: nil
        }
    }

    func joined(_ calls: [CloudCall]) -> CloudCall? {
        guard let first = calls.first else { return nil }
        var joined: CloudCall? =
            switch AzurePlane(name: first.plane) {
            case .dpsService: DPSJoining(apiVersion: apiVersion).joined(calls)
            case .iotHub(let host): HubJoining(host: host, apiVersion: apiVersion).joined(calls)
            case .dpsDevice, nil: nil
            }
        if calls.contains(where: { $0.repeats == .creating }) { joined?.repeats = .creating }
        if let made = joined, calls.contains(where: { $0.secretBody != nil }) {
            joined?.secretBody = Redacted(made.body)
            joined?.body = []
        }
        return joined
    }

    func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? {
        guard let first = calls.first else { return nil }
        switch AzurePlane(name: first.plane) {
        case .dpsService: return DPSJoining(apiVersion: apiVersion).parted(reply, of: calls)
        case .iotHub(let host): return HubJoining(host: host, apiVersion: apiVersion).parted(reply, of: calls)
        case .dpsDevice, nil: return nil
        }
    }

    /// Refusals of the call as it is, for the sake of one of its entries or of all: nothing was done, and which entry it
    /// was is not said. Others, such as a missing right or too many calls, mean each alike.
    static func meansEntries(_ reply: CloudReply) -> Bool { [400, 409, 412, 413].contains(reply.status) }
}

extension AzureDPSTarget {
    package func joining(of call: CloudCall) -> CallJoin? { joining(call.plane).joining(of: call) }

    package func joined(_ calls: [CloudCall]) -> CloudCall? {
        calls.first.flatMap { joining($0.plane).joined(calls) }
    }

    package func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? {
        calls.first.flatMap { joining($0.plane).parted(reply, of: calls) }
    }

    private func joining(_ plane: String) -> AzureJoining {
        let versions = settings.apiVersions
        return AzureJoining(
            apiVersion: plane == AzurePlane.dpsService.name ? versions.service : versions.hub)
    }
}

extension IoTHubTarget {
    package func joining(of call: CloudCall) -> CallJoin? { joining.joining(of: call) }
    package func joined(_ calls: [CloudCall]) -> CloudCall? { joining.joined(calls) }

    package func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? {
        joining.parted(reply, of: calls)
    }

    private var joining: AzureJoining { AzureJoining(apiVersion: settings.apiVersion) }
}
