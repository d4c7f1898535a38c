package import Credentials
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

/// What a device has once it is provisioned by a fleet's template.
package struct FleetPlace: Codable, Equatable, Sendable {
    /// `mqtts://…`
    package var endpoint: String
    /// The name of its thing; topics and client id go by it.
    package var thing: String
    /// PEM of its certificate.
    package var certificate: String
    /// PEM of the roots that it believes its service by.
    package var roots: String
    /// What the template has told it.
    package var told: [String: String]

    package init(
        endpoint: String, thing: String, certificate: String, roots: String, told: [String: String] = [:]
    ) {
        self.endpoint = endpoint
        self.thing = thing
        self.certificate = certificate
        self.roots = roots
        self.told = told
    }
}

extension SimulatedDevice {
    /// A request for the device's own key, which it makes the first time.
    package func certificateRequest() throws -> CertificateRequest {
        try disk.request(fields["serial"] ?? "")
    }

    package func remember(_ place: FleetPlace) throws { try disk.save(fleet: place) }

    /// What it connects with; `nil` for a device that no fleet's template has provisioned.
    func fleetWorking() throws -> Working? {
        guard let place = try disk.fleet() else { return nil }
        return Working(
            chain: try Certificate.chain(pem: place.certificate), key: try disk.key(),
            roots: try Certificate.chain(pem: place.roots), endpoint: place.endpoint, name: place.thing,
            topic: place.thing + "/hello")
    }
}
