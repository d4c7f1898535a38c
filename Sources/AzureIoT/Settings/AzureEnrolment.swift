/// How devices are entered at the provisioning service.
package struct AzureEnrolment: Codable, Equatable, Sendable {
    package enum Proof: String, Codable, CaseIterable, Sendable {
        /// The device's own certificate is entered. Individual entries alone.
        case certificate
        /// Whoever the named CA has issued a certificate of the right name to.
        case authority
        /// The endorsement key of the device's TPM. Individual entries alone.
        case tpm
        /// A key that the service makes; in a group, one that follows from the group's.
        case symmetricKey
    }

    package var proof: Proof
    /// The enrollment group; `nil` for an entry of its own for each device.
    package var group: String?
    /// Whether a group that is missing is made.
    package var makesGroup: Bool
    /// Name of the CA certificate as it was uploaded to the service, for `.authority`.
    package var authority: String?
    /// The CA that is to follow, while both are trusted.
    package var secondaryAuthority: String?
    /// The CA certificate itself, PEM; chains of devices are held against it before the service sees them.
    package var authorityCertificate: String?

    package init(
        proof: Proof, group: String? = nil, makesGroup: Bool = false, authority: String? = nil,
        secondaryAuthority: String? = nil, authorityCertificate: String? = nil
    ) {
        self.proof = proof
        self.group = group
        self.makesGroup = makesGroup
        self.authority = authority
        self.secondaryAuthority = secondaryAuthority
        self.authorityCertificate = authorityCertificate
    }

    private enum CodingKeys: String, CodingKey {
        case proof, group, makesGroup, authority, secondaryAuthority, authorityCertificate
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        proof = try container.decode(Proof.self, forKey: .proof)
        group = try container.decodeIfPresent(String.self, forKey: .group)
        makesGroup = try container.decodeIfPresent(Bool.self, forKey: .makesGroup) ?? false
        authority = try container.decodeIfPresent(String.self, forKey: .authority)
        secondaryAuthority = try container.decodeIfPresent(String.self, forKey: .secondaryAuthority)
        authorityCertificate = try container.decodeIfPresent(String.self, forKey: .authorityCertificate)
    }
}

/// What happens to a device that registers again.
package enum AzureReprovisioning: String, Codable, CaseIterable, Sendable {
    /// It stays at its hub.
    case keep
    /// It goes where the policy says, and its data with it.
    case migrate
    /// It goes where the policy says, and starts from the initial twin.
    case reset

    package var policy: ReprovisionPolicy {
        switch self {
        case .keep: ReprovisionPolicy(updateHubAssignment: false, migrateDeviceData: false)
        case .migrate: ReprovisionPolicy(updateHubAssignment: true, migrateDeviceData: true)
        case .reset: ReprovisionPolicy(updateHubAssignment: true, migrateDeviceData: false)
        }
    }
}

/// Which hub a device gets. What is absent is left to the service's own policy.
package struct AzureAllocation: Codable, Equatable, Sendable {
    package var policy: AllocationPolicy?
    /// Hosts of linked hubs to choose from.
    package var hubs: [String]?
    /// Who chooses, for the policy `custom`.
    package var webhook: CustomAllocationDefinition?

    package init(
        policy: AllocationPolicy? = nil, hubs: [String]? = nil, webhook: CustomAllocationDefinition? = nil
    ) {
        self.policy = policy
        self.hubs = hubs
        self.webhook = webhook
    }
}
