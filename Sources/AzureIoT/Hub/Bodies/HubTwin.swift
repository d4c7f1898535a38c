package import Model
/// A device's twin: tags of the back end, and what is desired and reported. Source: IoT Hub REST API
/// 2021-04-12, `Twin`.
package struct HubTwin: Codable, Equatable, Sendable {
    package var deviceId: String?
    package var etag: String?
    package var version: Int?
    package var status: HubDeviceStatus?
    package var connectionState: HubConnectionState?
    package var lastActivityTime: String?
    package var tags: [String: JSONValue]?
    package var properties: Properties?

    package init(
        deviceId: String? = nil, tags: [String: JSONValue]? = nil, desired: [String: JSONValue]? = nil
    ) {
        self.deviceId = deviceId
        self.tags = tags
        properties = desired.map { Properties(desired: $0) }
    }

    package struct Properties: Codable, Equatable, Sendable {
        package var desired: [String: JSONValue]?
        package var reported: [String: JSONValue]?

        package init(desired: [String: JSONValue]? = nil, reported: [String: JSONValue]? = nil) {
            self.desired = desired
            self.reported = reported
        }
    }
}

/// How many devices a hub has.
package struct HubStatistics: Codable, Equatable, Sendable {
    package var totalDeviceCount: Int?
    package var enabledDeviceCount: Int?
    package var disabledDeviceCount: Int?

    package init(total: Int?, enabled: Int?, disabled: Int?) {
        totalDeviceCount = total
        enabledDeviceCount = enabled
        disabledDeviceCount = disabled
    }
}
