import Model
package import TargetCore

/// The calls of a hub's registry and twins. Source: IoT Hub REST API 2021-04-12.
package struct HubCalls: Equatable, Sendable {
    package var host: String
    package var apiVersion: String

    package init(host: String, apiVersion: String) {
        self.host = host
        self.apiVersion = apiVersion
    }

    /// Devices in one call, each once.
    package static let bulk = 100
    static let putName = "PUT /devices/{id}"

    package func device(_ id: String) -> CloudCall {
        call("GET /devices/{id}", "GET", ["devices", id])
    }

    /// Without an ETag it enters the device, and one that is there is refused with 409. A body that holds keys is kept
    /// secret.
    package func put(_ device: HubDevice, etag: ETag?, hasKeys: Bool = false) -> CloudCall {
        call(
            Self.putName, "PUT", ["devices", device.deviceId], etag: etag,
            body: CloudCall.json(device),
            isSecret: hasKeys)
    }

    /// Enters the device before anything is known of it; one that is there is refused with 409.
    package func create(_ device: HubDevice) -> CloudCall {
        var call = put(device, etag: nil)
        call.repeats = .creating
        return call
    }

    /// The hub wants an ETag here; `anyAtHub` for whatever is there.
    package func delete(_ id: String, etag: ETag) -> CloudCall {
        call("DELETE /devices/{id}", "DELETE", ["devices", id], etag: etag)
    }

    package func bulk(_ devices: [HubImportDevice]) -> CloudCall {
        call("POST /devices", "POST", ["devices"], body: CloudCall.json(devices))
    }

    /// The answer is minutes late, and 20 a minute are taken for each unit.
    package func query(_ query: String, page: DPSPage = DPSPage()) -> CloudCall {
        var call = call(
            "POST /devices/query", "POST", ["devices", "query"],
            body: CloudCall.json(QuerySpecification(query: query)))
        call.headers += page.headers
        return call
    }

    package func twin(_ id: String) -> CloudCall {
        call("GET /twins/{id}", "GET", ["twins", id])
    }

    /// Members that are named are changed, others stay.
    package func patch(_ twin: HubTwin, of id: String, etag: ETag = .anyAtHub) -> CloudCall {
        call("PATCH /twins/{id}", "PATCH", ["twins", id], etag: etag, body: CloudCall.json(twin))
    }

    package func replace(_ twin: HubTwin, of id: String, etag: ETag = .anyAtHub) -> CloudCall {
        call("PUT /twins/{id}", "PUT", ["twins", id], etag: etag, body: CloudCall.json(twin))
    }

    package func statistics() -> CloudCall {
        call("GET /statistics/devices", "GET", ["statistics", "devices"])
    }

    private func call(
        _ name: String, _ method: String, _ path: [String], etag: ETag? = nil, body: [UInt8] = [],
        isSecret: Bool = false
    ) -> CloudCall {
        .azure(
            name, plane: .iotHub(host: host), method: method, path: path, apiVersion: apiVersion, etag: etag,
            body: body, isSecret: isSecret)
    }
}
