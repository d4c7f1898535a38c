/// Whether a hub lets a device in.
package struct HubDeviceStatus: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let enabled: HubDeviceStatus = "enabled"
    package static let disabled: HubDeviceStatus = "disabled"
}

/// How a device proves itself to a hub.
package struct HubAuthenticationType: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A symmetric key.
    package static let sas: HubAuthenticationType = "sas"
    /// One certificate, by its thumbprint, whoever issued it.
    package static let selfSigned: HubAuthenticationType = "selfSigned"
    package static let certificateAuthority: HubAuthenticationType = "certificateAuthority"
    package static let none: HubAuthenticationType = "none"
}

/// Whether a hub believes a device to be connected; it is minutes late.
package struct HubConnectionState: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let connected: HubConnectionState = "Connected"
    package static let disconnected: HubConnectionState = "Disconnected"
}

/// What one line of a call for many devices does.
package struct HubImportMode: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let create: HubImportMode = "create"
    package static let update: HubImportMode = "update"
    package static let updateIfMatchETag: HubImportMode = "updateIfMatchETag"
    package static let delete: HubImportMode = "delete"
    package static let deleteIfMatchETag: HubImportMode = "deleteIfMatchETag"
    package static let updateTwin: HubImportMode = "updateTwin"
    package static let updateTwinIfMatchETag: HubImportMode = "updateTwinIfMatchETag"
}
