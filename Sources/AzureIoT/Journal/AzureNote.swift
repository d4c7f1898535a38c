import Model
import TargetCore

/// Whose an entry is, written into it: the device, its tenant, and the work that wrote last.
struct AzureNote: Equatable, Sendable {
    static let member = "muster"

    var device: String
    var tenant: String
    var work: String?

    init(_ work: TargetWork) {
        device = work.device.deviceID.rawValue
        tenant = work.device.tenant.rawValue
        self.work = work.workID
    }

    /// `nil` when no note of Muster's is there.
    init?(reading members: [String: JSONValue]?) {
        guard let note = members?[Self.member], let device = note["device"]?.text,
            let tenant = note["tenant"]?.text
        else { return nil }
        self.device = device
        self.tenant = tenant
        work = note["work"]?.text
    }

    /// With the work, as notes take it.
    var value: JSONValue {
        var members: [String: JSONValue] = ["device": .text(device), "tenant": .text(tenant)]
        if let work { members["work"] = .text(work) }
        return .object(members)
    }

    /// Without the work, as tags of devices take it.
    var tag: JSONValue { ["device": .text(device), "tenant": .text(tenant)] }

    func isOfSameDevice(as other: AzureNote?) -> Bool {
        device == other?.device && tenant == other?.tenant
    }
}
