/// A device in a hub's registry. Source: IoT Hub REST API 2021-04-12, `Device`.
package struct HubDevice: Codable, Equatable, Sendable {
    package var deviceId: String
    /// Another when the device was deleted and entered again.
    package var generationId: String?
    package var etag: String?
    package var connectionState: HubConnectionState?
    package var status: HubDeviceStatus?
    /// At most 128 characters.
    package var statusReason: String?
    package var connectionStateUpdatedTime: String?
    package var statusUpdatedTime: String?
    package var lastActivityTime: String?
    package var cloudToDeviceMessageCount: Int?
    package var authentication: HubAuthentication?
    package var capabilities: DeviceCapabilities?
    package var deviceScope: String?
    package var parentScopes: [String]?

    package init(deviceId: String, authentication: HubAuthentication?) {
        self.deviceId = deviceId
        self.authentication = authentication
    }

    package static let longestStatusReason = 128

    /// Without what only the hub writes, as a PUT sends it.
    package var writable: HubDevice {
        var copy = self
        copy.generationId = nil
        copy.etag = nil
        copy.connectionState = nil
        copy.connectionStateUpdatedTime = nil
        copy.statusUpdatedTime = nil
        copy.lastActivityTime = nil
        copy.cloudToDeviceMessageCount = nil
        return copy
    }

    /// Without keys, as a journal may keep it.
    package var withoutKeys: HubDevice {
        var copy = self
        copy.authentication?.symmetricKey = nil
        return copy
    }
}

/// How a device proves itself to its hub.
package struct HubAuthentication: Codable, Equatable, Sendable {
    package var type: HubAuthenticationType?
    /// Absent in what is sent: the hub makes the keys.
    package var symmetricKey: AttestationMechanism.SymmetricKeys?
    package var x509Thumbprint: Thumbprints?

    package init(
        type: HubAuthenticationType, symmetricKey: AttestationMechanism.SymmetricKeys? = nil,
        x509Thumbprint: Thumbprints? = nil
    ) {
        self.type = type
        self.symmetricKey = symmetricKey
        self.x509Thumbprint = x509Thumbprint
    }

    /// 64 hex digits of SHA-256, or 40 of SHA-1.
    package struct Thumbprints: Codable, Equatable, Sendable {
        package var primaryThumbprint: String?
        package var secondaryThumbprint: String?

        package init(primaryThumbprint: String?, secondaryThumbprint: String? = nil) {
            self.primaryThumbprint = primaryThumbprint
            self.secondaryThumbprint = secondaryThumbprint
        }
    }
}
