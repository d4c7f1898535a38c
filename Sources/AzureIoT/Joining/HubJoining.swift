import Model
import TargetCore

/// Writes and deletions of a hub's devices as one call for up to a hundred. Source: IoT Hub REST API 2021-04-12,
/// `BulkRegistry_UpdateRegistry`.
///
/// Twins go alone: the hub takes many more of those calls than of these.
struct HubJoining {
    let host: String
    let apiVersion: String

    func joining(of call: CloudCall) -> CallJoin? {
        guard line(of: call) != nil else { return nil }
        return CallJoin(row: call.plane, entry: call.path[1], most: HubCalls.bulk)
    }

    func joined(_ calls: [CloudCall]) -> CloudCall? {
        let lines = calls.compactMap(line)
        guard lines.count == calls.count else { return nil }
        return HubCalls(host: host, apiVersion: apiVersion).bulk(lines)
    }

    private func line(of call: CloudCall) -> HubImportDevice? {
        guard call.path.count == 2 else { return nil }
        let condition = call.headers.first { $0.name == "If-Match" }?.value
        let isAny = condition == ETag.anyAtHub.ifMatch.value
        // A weak version is nothing that a line can say.
        guard condition == nil || isAny || call.matchedETag != nil else { return nil }
        switch call.name {
        case HubCalls.putName:
            guard let device = openJSON(HubDevice.self, call.sentBody) else { return nil }
            let mode: HubImportMode = condition == nil ? .create : isAny ? .update : .updateIfMatchETag
            return line(for: device, mode, isAny ? nil : call.matchedETag)
        case "DELETE /devices/{id}":
            guard condition != nil else { return nil }
            var line = HubImportDevice(
                id: call.path[1], importMode: isAny ? .delete : .deleteIfMatchETag)
            line.eTag = isAny ? nil : call.matchedETag
            return line
        default: return nil
        }
    }

    private func line(for device: HubDevice, _ mode: HubImportMode, _ etag: String?) -> HubImportDevice? {
        // Keys that the hub makes come with the answer to a call of its own. What lies below an edge device has members
        // that a line would lose.
        let makesKeys =
            device.authentication?.type == .sas && device.authentication?.symmetricKey?.primaryKey == nil
        guard !makesKeys, device.deviceScope == nil, device.parentScopes == nil else { return nil }
        var line = HubImportDevice(
            id: device.deviceId, importMode: mode, authentication: device.authentication)
        line.eTag = etag
        line.status = device.status
        line.statusReason = device.statusReason
        line.capabilities = device.capabilities
        return line
    }

    func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? {
        // When some have failed the status is 400, with the same body.
        guard [200, 400].contains(reply.status), let result = openJSON(HubBulkResult.self, reply.body) else {
            return AzureJoining.meansEntries(reply) ? nil : calls.map { _ in reply }
        }
        let failures = Dictionary(
            (result.errors ?? []).compactMap { failure in failure.deviceId.map { ($0, failure) } }
        ) { first, _ in first }
        if !result.isSuccessful, failures.isEmpty { return nil }
        return calls.map { call in
            if let failure = failures[call.path[1]] { return refusal(failure, reply) }
            return call.method == "DELETE"
                ? CloudReply(status: 204, headers: reply.headers)
                : CloudReply(status: 200, headers: reply.headers, body: call.sentBody)
        }
    }

    /// A line's error as the answer to a call of its own says it.
    private func refusal(_ failure: HubBulkResult.Failure, _ reply: CloudReply) -> CloudReply {
        struct Body: Encodable {
            // swift-format-ignore: AlwaysUseLowerCamelCase
            var Message: String
        }
        let name = failure.errorCode ?? "ServerError"
        let status = HubCodes.all.first { $0.name == name }.map { $0.number / 1000 } ?? 400
        let message = "ErrorCode:\(name);\(failure.errorStatus ?? "")"
        return CloudReply(
            status: status, headers: reply.headers.filter { $0.name.lowercased() != "iothub-errorcode" },
            body: CloudCall.json(Body(Message: message)))
    }
}
