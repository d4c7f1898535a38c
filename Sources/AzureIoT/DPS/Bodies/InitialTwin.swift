package import Model
/// Tags and desired properties of a device's twin when it is first assigned, or reset.
package struct InitialTwin: Codable, Equatable, Sendable {
    package var tags: [String: JSONValue]?
    package var properties: Properties?

    package init(tags: [String: JSONValue]? = nil, properties: Properties? = nil) {
        self.tags = tags
        self.properties = properties
    }

    package struct Properties: Codable, Equatable, Sendable {
        package var desired: [String: JSONValue]?

        package init(desired: [String: JSONValue]?) {
            self.desired = desired
        }
    }

    /// What the service adds to collections that it answers with.
    static let serviceMembers: Set<String> = ["version", "count", "metadata", "$version", "$metadata"]

    static func withoutServiceMembers(_ members: [String: JSONValue]?) -> [String: JSONValue]? {
        guard let kept = members?.filter({ !serviceMembers.contains($0.key) }), !kept.isEmpty else {
            return nil
        }
        return kept
    }
}

package struct DeviceCapabilities: Codable, Equatable, Sendable {
    package var iotEdge: Bool

    package init(iotEdge: Bool) {
        self.iotEdge = iotEdge
    }
}

/// What happens when a device registers again. Both members must be there once the object is.
package struct ReprovisionPolicy: Codable, Equatable, Sendable {
    package var updateHubAssignment: Bool
    package var migrateDeviceData: Bool

    package init(updateHubAssignment: Bool, migrateDeviceData: Bool) {
        self.updateHubAssignment = updateHubAssignment
        self.migrateDeviceData = migrateDeviceData
    }
}

/// A function of the administrator's that chooses the hub.
package struct CustomAllocationDefinition: Codable, Equatable, Sendable {
    package var webhookUrl: String
    package var apiVersion: String

    package init(webhookUrl: String, apiVersion: String) {
        self.webhookUrl = webhookUrl
        self.apiVersion = apiVersion
    }
}
