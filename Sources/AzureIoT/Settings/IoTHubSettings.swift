package import TargetCore

/// What an administrator says of a hub that devices are entered into directly. It holds no secret.
package struct IoTHubSettings: Equatable, Sendable {
    package enum Proof: String, Codable, CaseIterable, Sendable {
        /// The SHA-256 of the device's certificate.
        case thumbprint
        /// Any certificate of the device's name from a CA that the hub trusts.
        case authority
        /// A key that the hub makes.
        case symmetricKey
    }

    /// The hub's own name, `contoso-hub.azure-devices.net`.
    package var host: String
    package var access: AzureAccess
    package var apiVersion: String
    package var proof: Proof
    package var isEdge: Bool
    /// Tags and desired properties that a device starts with.
    package var twin: AzureTwinTemplate
    /// The CA certificate, PEM, for `.authority`.
    package var authorityCertificate: String?
    /// Another address than `https://HOST`, for private stacks.
    package var url: String?
    /// PEM of the roots that devices believe the hub by, where they are not Microsoft's.
    package var deviceRoots: String?

    package init(
        host: String, access: AzureAccess, proof: Proof, apiVersion: String = AzureAPIVersions().hub,
        isEdge: Bool = false, twin: AzureTwinTemplate = AzureTwinTemplate(),
        authorityCertificate: String? = nil, url: String? = nil, deviceRoots: String? = nil
    ) {
        self.host = host
        self.access = access
        self.proof = proof
        self.apiVersion = apiVersion
        self.isEdge = isEdge
        self.twin = twin
        self.authorityCertificate = authorityCertificate
        self.url = url
        self.deviceRoots = deviceRoots
    }

    /// Where a call goes; `nil` for any plane but this hub's.
    package func reach(of call: CloudCall) -> AzureReach? {
        guard case .iotHub(host) = AzurePlane(name: call.plane) else { return nil }
        return AzureReach(host: host, url: url ?? "https://\(host)", access: access)
    }

    /// - Throws: `AzureSettingsFault`, the first that is found.
    package func check() throws(AzureSettingsFault) {
        try AzureForm.host("host", host)
        try AzureForm.url("url", url)
    }
}

extension IoTHubSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case host, access, apiVersion, proof, isEdge, twin, authorityCertificate, url, deviceRoots
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            host: try container.decode(String.self, forKey: .host),
            access: try container.decode(AzureAccess.self, forKey: .access),
            proof: try container.decode(Proof.self, forKey: .proof),
            apiVersion: try container.decodeIfPresent(String.self, forKey: .apiVersion)
                ?? AzureAPIVersions().hub,
            isEdge: try container.decodeIfPresent(Bool.self, forKey: .isEdge) ?? false,
            twin: try container.decodeIfPresent(AzureTwinTemplate.self, forKey: .twin) ?? AzureTwinTemplate(),
            authorityCertificate: try container.decodeIfPresent(String.self, forKey: .authorityCertificate),
            url: try container.decodeIfPresent(String.self, forKey: .url),
            deviceRoots: try container.decodeIfPresent(String.self, forKey: .deviceRoots))
    }
}
