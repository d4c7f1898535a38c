package import Model

/// What a claim certificate is asked for: the body of `POST /v1/devices/{id}/provisioning-claim`.
package struct ClaimWish: Codable, Equatable, Sendable {
    /// Where to; `nil` for where the device is, else where placement puts it.
    package var target: TargetID?
    /// `nil` for the one that the target names.
    package var template: String?

    package init(target: TargetID? = nil, template: String? = nil) {
        self.target = target
        self.template = template
    }
}

/// A certificate with its key by which one device may provision itself at its target, within minutes.
///
/// The registrar keeps neither: whoever has asked has the only copy.
package struct ProvisioningClaim: Equatable, Sendable {
    package var target: TargetID
    package var template: String
    /// Where the device connects with it: `mqtts://…`.
    package var endpoint: String
    package var certificateID: String
    /// PEM.
    package var certificate: String
    /// PEM.
    package var privateKey: Redacted<String>
    /// PEM of the roots that the device believes its service by.
    package var roots: String
    package var expires: Timestamp

    package init(
        target: TargetID, template: String, endpoint: String, certificateID: String, certificate: String,
        privateKey: Redacted<String>, roots: String, expires: Timestamp
    ) {
        self.target = target
        self.template = template
        self.endpoint = endpoint
        self.certificateID = certificateID
        self.certificate = certificate
        self.privateKey = privateKey
        self.roots = roots
        self.expires = expires
    }
}

extension ProvisioningClaim: Codable {
    private enum CodingKeys: String, CodingKey {
        case target, template, endpoint, certificateID, certificate, privateKey, roots, expires
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            target: try container.decode(TargetID.self, forKey: .target),
            template: try container.decode(String.self, forKey: .template),
            endpoint: try container.decode(String.self, forKey: .endpoint),
            certificateID: try container.decode(String.self, forKey: .certificateID),
            certificate: try container.decode(String.self, forKey: .certificate),
            privateKey: Redacted(try container.decode(String.self, forKey: .privateKey)),
            roots: try container.decode(String.self, forKey: .roots),
            expires: try container.decode(Timestamp.self, forKey: .expires))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(target, forKey: .target)
        try container.encode(template, forKey: .template)
        try container.encode(endpoint, forKey: .endpoint)
        try container.encode(certificateID, forKey: .certificateID)
        try container.encode(certificate, forKey: .certificate)
        try container.encode(privateKey.unredacted, forKey: .privateKey)
        try container.encode(roots, forKey: .roots)
        try container.encode(expires, forKey: .expires)
    }
}
