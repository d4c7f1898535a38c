import AzureIoT
import Credentials
import Model
import TargetCore

extension FakeAzure {
    mutating func answerHub(_ call: CloudCall) -> CloudReply {
        let id = call.path.last ?? ""
        switch call.name {
        case "GET /devices/{id}": return devices[id].map { Self.json($0) } ?? Self.notFound(id)
        case "PUT /devices/{id}": return putDevice(call, id)
        case "DELETE /devices/{id}":
            guard call.headers.contains(where: { $0.name == "If-Match" }) else {
                return Self.error(400_004, "If-Match")
            }
            if let fault = Self.deletionFault(call, of: devices[id].map(\.etag), missing: 404_001) {
                return fault
            }
            devices[id] = nil
            twins[id] = nil
            return CloudReply(status: 204)
        case "GET /twins/{id}":
            guard devices[id] != nil else { return Self.notFound(id) }
            return Self.json(HubTwin(deviceId: id, tags: twins[id] ?? [:]))
        case "PATCH /twins/{id}":
            guard devices[id] != nil else { return Self.notFound(id) }
            guard let twin = try? CanonicalJSON.decode(HubTwin.self, from: call.sentBody) else {
                return Self.error(400_004, "body")
            }
            twins[id, default: [:]].merge(twin.tags ?? [:]) { _, new in new }
            return Self.json(HubTwin(deviceId: id, tags: twins[id]))
        default: return Self.error(400_003, "no such call")
        }
    }

    private mutating func putDevice(_ call: CloudCall, _ id: String) -> CloudReply {
        guard var device = try? CanonicalJSON.decode(HubDevice.self, from: call.sentBody),
            device.deviceId == id,
            (device.statusReason ?? "").utf8.count <= HubDevice.longestStatusReason
        else { return Self.error(400_004, "body") }
        let old = devices[id].map(\.etag)
        if let fault = Self.writeFault(call, over: old, exists: 409_001, missing: 404_001) { return fault }
        if device.authentication?.type == .sas, device.authentication?.symmetricKey?.primaryKey == nil {
            device.authentication?.symmetricKey = makeKeys("hub \(id)")
        }
        device.etag = nextVersion()
        device.connectionState = devices[id]?.connectionState ?? .disconnected
        device.lastActivityTime = devices[id]?.lastActivityTime ?? "0001-01-01T00:00:00Z"
        devices[id] = device
        return Self.json(device)
    }

    /// As hubs say it: a name within a message.
    static func notFound(_ id: String) -> CloudReply {
        CloudReply(
            status: 404, headers: [CloudCall.Field("iothub-errorcode", "DeviceNotFound")],
            body: Array(
                #"{"Message":"ErrorCode:DeviceNotFound;\#(id)","ExceptionMessage":"Tracking ID:1"}"#.utf8))
    }

    /// The device has registered and was assigned to the hub.
    mutating func register(_ id: String, at time: String = "2026-09-01T08:00:00.1234567Z") {
        var state = DeviceRegistrationState(registrationId: id, status: .assigned)
        state.assignedHub = Self.hubHost
        state.deviceId = id
        state.substatus = .initialAssignment
        state.lastUpdatedDateTimeUtc = time
        registrations[id] = state
        var device = HubDevice(deviceId: id, authentication: HubAuthentication(type: .sas))
        device.status = .enabled
        device.authentication?.symmetricKey =
            enrollments[id]?.attestation.symmetricKey ?? makeKeys("hub \(id)")
        device.etag = nextVersion()
        device.lastActivityTime = "2026-09-01T09:00:00Z"
        devices[id] = device
    }
}
