package import Model

/// A device as targets are told of it.
package struct TargetDevice: Codable, Equatable, Sendable {
    /// How the device proves itself, as far as the target takes part in it.
    package enum Proof: Codable, Equatable, Sendable {
        /// DER in base64; the target is to issue.
        case request(String)
        /// PEM chain, the device certificate first; the registrar's authority has issued.
        case certificate(String)
        case tpm(Attestation.TPMIdentity)
        case symmetricKey
    }

    package var deviceID: DeviceID
    /// The name that the target is to know it by; see each target's rules.
    package var name: String
    package var tenant: TenantID
    package var site: SiteID?
    package var product: ProductID?
    /// The serial number on the label.
    package var serial: String?
    /// Absent for intents that need none.
    package var proof: Proof?
    /// What is known of the device there from before: `DeviceTarget.marks`.
    package var marks: [String: String]

    package init(
        deviceID: DeviceID, name: String, tenant: TenantID, site: SiteID? = nil, product: ProductID? = nil,
        serial: String? = nil, proof: Proof? = nil, marks: [String: String] = [:]
    ) {
        self.deviceID = deviceID
        self.name = name
        self.tenant = tenant
        self.site = site
        self.product = product
        self.serial = serial
        self.proof = proof
        self.marks = marks
    }
}
