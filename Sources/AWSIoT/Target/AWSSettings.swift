/// How devices are provisioned into one region of one account.
package struct AWSSettings: Codable, Equatable, Sendable {
    /// Who issues the device's certificate.
    package enum Issuer: String, Codable, CaseIterable, Sendable {
        /// AWS IoT, for the device's request.
        case aws
        /// The registrar's authority; AWS IoT is told of each certificate and knows no authority.
        case registrar
        /// The registrar's authority, which is registered in the account.
        case authority
    }

    package var endpoint: AWSEndpoint
    /// Twelve digits.
    package var accountID: String
    package var issuer: Issuer
    package var thingType: String?
    package var groups: [String]
    /// The one policy that every device's certificate gets; the account's administrator has made it.
    package var policy: String
    package var billingGroup: String?
    /// Attributes beside `device` and `tenant`, by templates such as `{site}` or `{product}/{serial}`.
    package var attributes: [String: String]
    /// Whether a certificate may be of one thing alone.
    package var exclusiveThing: Bool
    /// The account's address for devices in this region, asked for once; `nil` asks each time.
    package var deviceEndpoint: String?
    /// PEM of the registered authority, sent along so that one of several with the same subject is meant.
    package var authorityCertificate: String?
    /// The provisioning template that claims for devices are made of when nobody names one.
    package var fleetTemplate: String?
    /// How the policy lets devices connect; `nil` where nobody has read it.
    package var client: AWSClientRule?
    /// PEM of the roots that devices believe the endpoint by, where they are not Amazon's, as with a domain of one's own.
    package var deviceRoots: String?

    package init(
        endpoint: AWSEndpoint, accountID: String, issuer: Issuer = .aws, thingType: String? = nil,
        groups: [String] = [], policy: String, billingGroup: String? = nil,
        attributes: [String: String] = [:], exclusiveThing: Bool = true, deviceEndpoint: String? = nil,
        authorityCertificate: String? = nil, fleetTemplate: String? = nil, client: AWSClientRule? = nil,
        deviceRoots: String? = nil
    ) {
        self.endpoint = endpoint
        self.accountID = accountID
        self.issuer = issuer
        self.thingType = thingType
        self.groups = groups
        self.policy = policy
        self.billingGroup = billingGroup
        self.attributes = attributes
        self.exclusiveThing = exclusiveThing
        self.deviceEndpoint = deviceEndpoint
        self.authorityCertificate = authorityCertificate
        self.fleetTemplate = fleetTemplate
        self.client = client
        self.deviceRoots = deviceRoots
    }
}

/// What is not given is as it is usual.
extension AWSSettings {
    private enum CodingKeys: String, CodingKey {
        case endpoint, accountID, issuer, thingType, groups, policy, billingGroup, attributes, exclusiveThing
        case deviceEndpoint, authorityCertificate, fleetTemplate, client, deviceRoots
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys, _ type: Value.Type = Value.self) throws -> Value? {
            try container.decodeIfPresent(type, forKey: key)
        }
        self.init(
            endpoint: try container.decode(AWSEndpoint.self, forKey: .endpoint),
            accountID: try container.decode(String.self, forKey: .accountID),
            issuer: try optional(.issuer) ?? .aws, thingType: try optional(.thingType),
            groups: try optional(.groups) ?? [], policy: try container.decode(String.self, forKey: .policy),
            billingGroup: try optional(.billingGroup), attributes: try optional(.attributes) ?? [:],
            exclusiveThing: try optional(.exclusiveThing) ?? true,
            deviceEndpoint: try optional(.deviceEndpoint),
            authorityCertificate: try optional(.authorityCertificate),
            fleetTemplate: try optional(.fleetTemplate), client: try optional(.client),
            deviceRoots: try optional(.deviceRoots))
    }
}
