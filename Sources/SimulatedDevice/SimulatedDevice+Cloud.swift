internal import Model

/// Where a provisioning service has put a device, as the device remembers it.
package struct CloudPlace: Codable, Equatable, Sendable {
    package var hub: String
    package var deviceID: String
    /// Base64 of a key that the service made for the device's TPM; of use there alone.
    package var tpmKey: String?

    package init(hub: String, deviceID: String, tpmKey: [UInt8]? = nil) {
        self.hub = hub
        self.deviceID = deviceID
        self.tpmKey = tpmKey.map { Base64.encode($0) }
    }
}

extension SimulatedDevice {
    /// A device registers once and not at each start: it remembers what came of it.
    package func remember(_ place: CloudPlace) throws { try disk.save(place: place) }

    /// `nil` for a device that has not registered.
    package func cloudPlace() throws -> CloudPlace? { try disk.place() }
}
