package import Model
/// One line of a call for many devices; its names differ from a single device's.
package struct HubImportDevice: Codable, Equatable, Sendable {
    package var id: String
    package var eTag: String?
    package var importMode: HubImportMode
    package var status: HubDeviceStatus?
    package var statusReason: String?
    package var authentication: HubAuthentication?
    package var tags: [String: JSONValue]?
    package var properties: HubTwin.Properties?
    package var capabilities: DeviceCapabilities?

    package init(id: String, importMode: HubImportMode, authentication: HubAuthentication? = nil) {
        self.id = id
        self.importMode = importMode
        self.authentication = authentication
    }
}

/// The answer to a call for many: with status 200, and with 400 when some failed.
package struct HubBulkResult: Codable, Equatable, Sendable {
    package struct Failure: Codable, Equatable, Sendable {
        package var deviceId: String?
        /// A name, such as `DeviceAlreadyExists`.
        package var errorCode: String?
        package var errorStatus: String?

        package init(deviceId: String?, errorCode: String?, errorStatus: String? = nil) {
            self.deviceId = deviceId
            self.errorCode = errorCode
            self.errorStatus = errorStatus
        }
    }

    package struct Warning: Codable, Equatable, Sendable {
        package var deviceId: String?
        /// `DeviceRegisteredWithoutTwin`: entered, and its tags were not.
        package var warningCode: String?
        package var warningStatus: String?
    }

    package var isSuccessful: Bool
    package var errors: [Failure]?
    package var warnings: [Warning]?

    package init(isSuccessful: Bool, errors: [Failure]? = nil) {
        self.isSuccessful = isSuccessful
        self.errors = errors
    }

    /// Of these devices, those that were done. Device ids keep their case.
    package func done(of ids: [String]) -> [String] {
        let failed = Set((errors ?? []).compactMap(\.deviceId))
        if failed.isEmpty, !isSuccessful { return [] }
        return ids.filter { !failed.contains($0) }
    }
}
