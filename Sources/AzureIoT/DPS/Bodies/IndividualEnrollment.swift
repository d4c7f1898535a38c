package import Model
/// The entry of one device. Source: DPS REST API 2021-10-01.
package struct IndividualEnrollment: Codable, Equatable, Sendable {
    package var registrationId: String
    /// The device's name at its hub; the registration id when absent.
    package var deviceId: String?
    package var registrationState: DeviceRegistrationState?
    /// Notes that no hub sees; Muster's are under `muster`.
    package var optionalDeviceInformation: [String: JSONValue]?
    package var attestation: AttestationMechanism
    package var capabilities: DeviceCapabilities?
    package var iotHubHostName: String?
    package var initialTwin: InitialTwin?
    package var etag: String?
    package var provisioningStatus: ProvisioningStatus?
    package var reprovisionPolicy: ReprovisionPolicy?
    package var createdDateTimeUtc: String?
    package var lastUpdatedDateTimeUtc: String?
    package var allocationPolicy: AllocationPolicy?
    package var iotHubs: [String]?
    package var customAllocationDefinition: CustomAllocationDefinition?

    package init(registrationId: String, attestation: AttestationMechanism) {
        self.registrationId = registrationId
        self.attestation = attestation
    }

    /// Without what only the service writes, as a PUT sends it.
    package var writable: IndividualEnrollment {
        var copy = self
        copy.registrationState = nil
        copy.etag = nil
        copy.createdDateTimeUtc = nil
        copy.lastUpdatedDateTimeUtc = nil
        copy.optionalDeviceInformation = InitialTwin.withoutServiceMembers(optionalDeviceInformation)
        if let twin = initialTwin {
            copy.initialTwin = InitialTwin(
                tags: InitialTwin.withoutServiceMembers(twin.tags),
                properties: InitialTwin.withoutServiceMembers(twin.properties?.desired)
                    .map { InitialTwin.Properties(desired: $0) })
        }
        return copy
    }

    /// Without keys, as a journal may keep it.
    package var withoutKeys: IndividualEnrollment {
        var copy = self
        copy.attestation.symmetricKey = nil
        return copy
    }
}
