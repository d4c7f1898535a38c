/// The entry of many devices. Source: DPS REST API 2021-10-01.
package struct EnrollmentGroup: Codable, Equatable, Sendable {
    package var enrollmentGroupId: String
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

    package init(enrollmentGroupId: String, attestation: AttestationMechanism) {
        self.enrollmentGroupId = enrollmentGroupId
        self.attestation = attestation
    }

    /// Without keys, as a journal may keep it.
    package var withoutKeys: EnrollmentGroup {
        var copy = self
        copy.attestation.symmetricKey = nil
        return copy
    }
}
